/**
 * The syntax of names, label keys and label values (apimachinery util/validation). Each function gives the problem as
 * the end of a sentence ("must be …"), or undefined when the text is fine.
 */
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const LABEL_LENGTH_MAX = 63;
const SUBDOMAIN_LENGTH_MAX = 253;

/** Names of most objects: a DNS subdomain (IsDNS1123Subdomain). */
export function subdomainProblem(text: string): string | undefined {
  if (text.length > SUBDOMAIN_LENGTH_MAX) return `must be no more than ${SUBDOMAIN_LENGTH_MAX} characters`;
  if (!SUBDOMAIN.test(text))
    return "must consist of lower case letters, digits, '-' and '.', and begin and end with a letter or digit";
  return undefined;
}

/** Names of namespaces and containers: a DNS label (IsDNS1123Label). */
export function dnsLabelProblem(text: string): string | undefined {
  if (text.length > LABEL_LENGTH_MAX) return `must be no more than ${LABEL_LENGTH_MAX} characters`;
  if (!DNS_LABEL.test(text))
    return "must consist of lower case letters, digits and '-', and begin and end with a letter or digit";
  return undefined;
}

/** `[prefix/]name` (IsQualifiedName). */
export function labelKeyProblem(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = slash < 0 ? key : key.slice(slash + 1);
  if (slash >= 0) {
    const prefix = key.slice(0, slash);
    if (prefix === '') return 'must have a prefix before its slash';
    const problem = subdomainProblem(prefix);
    if (problem !== undefined) return `has a prefix that ${problem}`;
  }
  if (name === '') return 'must not be empty';
  if (name.length > LABEL_LENGTH_MAX) return `must be no more than ${LABEL_LENGTH_MAX} characters`;
  if (!QUALIFIED_NAME.test(name))
    return "must consist of letters, digits, '-', '_' and '.', begin and end with a letter or digit, and have at most one slash";
  return undefined;
}

/** Up to 63 letters, digits, `-`, `_` and `.` (IsValidLabelValue). */
export function labelValueProblem(value: string): string | undefined {
  if (value.length > LABEL_LENGTH_MAX) return `must be no more than ${LABEL_LENGTH_MAX} characters`;
  if (!LABEL_VALUE.test(value))
    return "must be empty or consist of letters, digits, '-', '_' and '.', and begin and end with a letter or digit";
  return undefined;
}
