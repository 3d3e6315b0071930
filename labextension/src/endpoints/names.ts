/** What Azure takes as an endpoint's name: 3 to 32 letters, digits and -, from a letter on. */
export const isEndpointName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/.test(name);

/** What Azure takes as a deployment's name. */
export const isDeploymentName = (name: string): boolean =>
  /^[A-Za-z](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name);

/** How a version of a data asset is named, for fields that take one. */
export const ASSET_SHAPE = 'azureml:NAME:VERSION';

/** An endpoint's name that reads like the model's. */
export function endpointNameFor(model: string): string {
  const plain = model
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  return isEndpointName(plain) ? plain : plain ? `${plain}-endpoint`.slice(0, 32) : 'endpoint';
}

export const endpointPath = (name: string, ...parts: string[]): string =>
  ['endpoints', name, ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');

export const batchPath = (name: string, ...parts: string[]): string =>
  ['batch-endpoints', name, ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');
