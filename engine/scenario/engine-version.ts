/** Part of every report: equal hashes are promised for equal versions only. */
export const ENGINE_VERSION = '0.1.0';
