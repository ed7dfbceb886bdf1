/** Joins class names, leaving out what is false or missing. */
export const classNames = (...names: readonly (string | false | null | undefined)[]) => names.filter((name) => typeof name === 'string' && name !== '').join(' ');
