import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject } from '../../api/json.js';
import { ManifestText, type Path } from '../../api/manifest-text.js';
import { pathText } from '../../api/report.js';
import type { Found } from './cluster-state.js';
import { documentsOf } from './documents-of.js';
import type { GivenFile } from './imported.js';

/** All objects in what `kubectl get … -o yaml|json` printed, with their places. Throws InputError. */
export function objectsOfDump({ path, text }: GivenFile): readonly Found[] {
  const source = new ManifestText(text, path);
  const found: Found[] = [];
  for (const document of documentsOf(source)) {
    const visit = (value: unknown, way: Path, common: JsonObject): void => {
      const { line, column } = source.place(document, way);
      const manifest = isObject(value) ? { ...common, ...value } : {};
      const { kind, apiVersion, items } = manifest;
      if (typeof kind !== 'string' || typeof apiVersion !== 'string')
        throw new InputError('is no object of Kubernetes: apiVersion or kind is missing', {
          file: path,
          line,
          column,
          path: pathText(way),
          remedy: 'give what kubectl get … -o yaml or -o json prints',
        });
      if (!kind.endsWith('List') || !Array.isArray(items)) {
        found.push({ manifest, place: `${path}:${line}:${column}` });
        return;
      }
      const shared = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
      for (const [index, item] of items.entries()) visit(item, [...way, 'items', index], shared);
    };
    visit(document.value, [], {});
  }
  return found;
}
