/**
 * Sets the theme class before the first paint, so a dark reader never sees a light flash. It runs as an
 * inline script in the head; use-theme.ts keeps the same key and the same rule afterwards.
 */
export const THEME_KEY = 'orrery.theme';

export const themeScript = `(function(){try{var t=localStorage.getItem('${THEME_KEY}');var d=t==='dark'||(t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);document.documentElement.classList.toggle('dark',d)}catch(e){}})()`;
