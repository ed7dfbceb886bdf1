/** How every test and bench starts Debian's Chromium: no sandbox (we may be root), no requests of its own. */
import { chromiumPath } from './debian-package.mjs';

export const chromiumLaunch = {
  executablePath: chromiumPath(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
