/** File name to text. */
export function configPages(): Readonly<Record<string, string>>;
