import { choice, type Field, ignored, list, object, text } from './field.js';
import { labelSelector } from './fields-meta.js';
import { quantities } from './fields-pod.js';

/** What a PersistentVolumeClaim asks for; an empty class is one that nobody makes volumes of. */
export const claimSpec: Field = object({
  accessModes: list(choice('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod')),
  dataSource: ignored,
  dataSourceRef: ignored,
  resources: object({ limits: quantities, requests: quantities }),
  selector: labelSelector,
  storageClassName: text(),
  volumeAttributesClassName: ignored,
  volumeMode: choice('Filesystem', 'Block'),
  volumeName: text(),
});
