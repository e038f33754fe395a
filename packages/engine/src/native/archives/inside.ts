/** The name of a file in an archive, unless it points out of the folder that the archive is unpacked into. */
export function inside(name: string): string {
  if (name.startsWith('/') || name.split(/[\\/]/).includes('..'))
    throw new Error(`the archive holds a file outside of its own folder: ${name}`);
  return name;
}
