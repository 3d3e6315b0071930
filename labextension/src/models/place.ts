import type { Model } from '../api/types';

/** The address of a file of a model, as its list of files names it. */
export function placeOf(model: Pick<Model, 'path'>, file: string): string {
  const path = model.path.replace(/\/+$/, '');
  const leaf = path.slice(path.lastIndexOf('/') + 1);
  if (file === leaf) {
    return path;
  }
  // What is listed begins with the model's own folder.
  return file.startsWith(`${leaf}/`) ? `${path}${file.slice(leaf.length)}` : `${path}/${file}`;
}
