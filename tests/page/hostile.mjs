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

/** What a text gets out of, whatever it stands in. */
const BEFORE = ['"', "'", '`', '">', "'>", '-->', ']]>', '</script>', '</svg>', '\\', '${', '{{', '%22%3E', '&quot;&gt;', '\u0000', ''];

const AFTER = ['', '<!--', '//', '/*', '"', "'", '`', '\\', '}}', '<', '&', '%'];

/** Ways to write it so that a filter by words would not know it. */
const DISGUISES = [
  (text) => text,
  (text) => text.replace(/[a-z]/g, (c, at) => (at % 2 ? c.toUpperCase() : c)),
  (text) => text.replace(/ /g, '/'),
  (text) => text.replace(/ /g, '\t'),
  (text) => text.replace(/<(\w)/g, '<\f$1'),
  (text) => text.replace(/<(\w)/g, '<\u0000$1'),
  (text) => text.replace(/</g, '\uff1c').replace(/>/g, '\uff1e'),
  (text) => text.replace(/[<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
  (text) => text.replace(/[<>"']/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
  (text) => text.replace(/[<>"']/g, (c) => '%' + c.charCodeAt(0).toString(16)),
  (text) => text.replace(/[<>"']/g, (c) => '\\u00' + c.charCodeAt(0).toString(16)),
  (text) => text + text,
];

/** So many texts, each another one: first the plain ones. */
function textsOf(many) {
  const texts = new Set(SHAPES.flatMap((shape) => ACTS.map(shape)));
  let state = 0x2545f491;
  const pick = (list) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return list[(state >>> 8) % list.length];
  };
  while (texts.size < many) {
    texts.add(pick(BEFORE) + pick(DISGUISES)(pick(SHAPES)(pick(ACTS))) + pick(AFTER));
  }
  return [...texts];
}

/** The sample's description with some texts in each of its values and paragraphs. */
function description(sample, code, texts) {
  // A file with a NUL is no text; in an address it may stand.
  const all = texts.join(' ').replaceAll('\u0000', '\u0001');
  return sample.split('\n').map((line) => {
    if (line.startsWith('Hankekoodi:')) return `Hankekoodi: ${code}`;
    const [label, value] = line.split(': ');
    if (value && label.length < 60 && !/tila|Y-tunnus|toteutusaika|rahoitus/.test(label)) {
      return `${label}: ${all} ${value}`;
    }
    return line.length > 60 ? `${line} ${all} hanke` : line;
  }).join('\n');
}

/** A list in pieces of so many. */
export function pieces(list, many) {
  return Array.from({ length: Math.ceil(list.length / many) }, (_, n) => list.slice(n * many, (n + 1) * many));
}

/** What of a text has to be seen, however a page sets its spaces and a browser shows a NUL. */
export const seen = (text) => text.replace(/[\s\p{C}\ufffd]/gu, '');

/**
 * A folder of descriptions, each with its code and the texts that stand in
 * every field of it; all texts, and how to take the folder away.
 * `ESR_SEARCH_HOSTILE` says how many texts.
 */
export function hostile() {
  const folder = mkdtempSync(join(tmpdir(), 'esr-search-hostile-'));
  const sample = readFileSync(new URL('../corpus/S26011.txt', import.meta.url), 'utf8');
  const texts = textsOf(Number(process.env.ESR_SEARCH_HOSTILE ?? 0));
  const projects = pieces(texts, 20).map((texts, number) => {
    const code = `S${29000 + number}`;
    const path = join(folder, code + '.txt');
    writeFileSync(path, description(sample, code, texts));
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(path, hourAgo, hourAgo);
    return { code, texts };
  });
  const end = () => rmSync(folder, { recursive: true, force: true });
  return { folder, projects, texts, end };
}
