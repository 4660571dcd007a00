/** A Deployment as users write it; tests change single lines of it. */
export const DEPLOYMENT_TEXT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: c
          image: nginx
          resources:
            requests:
              cpu: 100m
`;

/** The Deployment with one stretch of its text replaced. */
export function deploymentWith(before: string, after: string): string {
  if (!DEPLOYMENT_TEXT.includes(before)) throw new Error(`no ${before} in the Deployment`);
  return DEPLOYMENT_TEXT.replace(before, after);
}
