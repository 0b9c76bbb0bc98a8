// Lists the built files for the service worker, and builds the worker itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformWithOxc, type Plugin } from 'vite';

/** Emits `sw.js`, told which files make the shell and which make the whole app. */
export function serviceWorker(): Plugin {
  return {
    name: 'giothong-service-worker',
    enforce: 'post',
    apply: 'build',
    async generateBundle(_, bundle) {
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
      if (entry?.type !== 'chunk') throw new Error('the build has no entry');
      const chunks = new Set([entry.fileName]);
      for (const name of chunks) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk') for (const part of chunk.imports) chunks.add(part);
      }
      const styles = [...chunks].flatMap((name) => {
        const chunk = bundle[name];
        return chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
      });
      const shell = ['', ...chunks, ...new Set(styles), 'icons/drop.svg'];
      const assets = Object.keys(bundle).filter(
        (name) => name.startsWith('assets/') && !name.endsWith('.map'),
      );
      const mark = createHash('sha256').update(assets.sort().join('\n'));
      const page = bundle['index.html'];
      if (page?.type === 'asset') mark.update(page.source);
      const source = readFileSync(new URL('../src/sw.ts', import.meta.url), 'utf8')
        .replace('__VERSION__', mark.digest('hex').slice(0, 12))
        .replace("'__SHELL__'", JSON.stringify(shell))
        .replace("'__REST__'", JSON.stringify(assets.filter((name) => !shell.includes(name))));
      const { code } = await transformWithOxc(source, 'sw.ts', { target: 'es2020' });
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: code });
    },
  };
}
