/**
 * Which names mean that the value beside them is nobody's business. Wide on purpose: a value dropped by
 * mistake costs a guess about who calls whom, a value kept by mistake is a leak.
 */
const SECRET = /pass(word|wd|phrase)|pwd|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credential|bearer|cookie|signing|encrypt|salt|webhook/i;
const SECRET_VARIABLE = /(^|_)(PASS|AUTH|KEY|DSN|CERT|CONNECTION_STRING|CONN_STR)$/i;

export const isSecretKey = (key: string): boolean => SECRET.test(key);
export const isSecretVariable = (name: string): boolean => SECRET.test(name) || SECRET_VARIABLE.test(name);

const USER_INFO = /\/\/[^/@\s]*@/g;

/** A text without the user and password of the addresses in it. */
export function withoutUserInfo(text: string): { readonly text: string; readonly found: number } {
  let found = 0;
  const kept = text.replace(USER_INFO, () => {
    found += 1;
    return '//';
  });
  return { text: kept, found };
}
