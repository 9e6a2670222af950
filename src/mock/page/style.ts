/** The style of the page. Colours follow the system, and have a contrast of 4.5 to 1 and more in both. */
export const style = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1c2127; --dim: #566070; --line: #d5dae1;
  --accent: #0b5cad; --on-accent: #fff; --good: #1b6e3c; --warn: #8a5300; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --card: #1d2127; --text: #e6e9ee; --dim: #a3adba;
  --line: #39414b; --accent: #7db7f5; --on-accent: #10151b; --good: #6fcf97; --warn: #f2b45c; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header, main { max-width: 80rem; margin: 0 auto; padding: 1rem; }
main { padding-top: 0; } header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
section { margin: 1.25rem 0; min-width: 0; } header p { margin: 0; flex: 1 1 12rem; color: var(--dim); }
a { color: var(--accent); overflow-wrap: anywhere; } bdi { overflow-wrap: anywhere; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
button, input, select { font: inherit; padding: .3rem .7rem; border-radius: .4rem; border: 1px solid var(--line);
  background: var(--card); color: var(--text); max-width: 100%; }
button { cursor: pointer; border-color: var(--accent); color: var(--accent); }
button.primary { background: var(--accent); color: var(--on-accent); }
input[type=search] { width: min(100%, 28rem); } input[type=number] { width: 6rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.columns { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; min-width: 0; }
.over { outline: 3px dashed var(--accent); outline-offset: -3px; }
table { width: 100%; border-collapse: collapse; background: var(--card); }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { font-size: .85rem; white-space: nowrap; color: var(--dim); } td:first-child { width: 45%; }
.facts, .empty { color: var(--dim); font-size: .85rem; margin: .15rem 0; overflow-wrap: anywhere; }
ul, ol { list-style: none; margin: .5rem 0; padding: 0; } .narrow { display: none; }
.file { display: flex; gap: .6rem; align-items: flex-start; } .file > div { min-width: 0; }
.thumb { flex: 0 0 40px; width: 40px; height: 40px; border-radius: .3rem; object-fit: cover; background: var(--back);
  border: 1px solid var(--line); display: grid; place-items: center; font-size: .75rem; color: var(--dim); }
.drop, .buttons, form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
.pager { display: flex; gap: 1rem; margin: .6rem 0; } .path { margin: .3rem 0; }
.badge { font-size: .75rem; font-weight: 600; border: 1px solid; border-radius: 1rem; padding: 0 .5rem; color: var(--dim); }
.succeeded, .fine { color: var(--good); } .queued, .running, .rejected { color: var(--warn); } .failed { color: var(--bad); }
.requests > li { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; padding: .35rem .75rem; background: var(--card);
  border-bottom: 1px solid var(--line); } .requests code { flex: 1 1 16rem; min-width: 0; }
.faults { flex-basis: 100%; margin: .1rem 0; color: var(--bad); font-size: .85rem; }
dialog { border: 1px solid var(--line); border-radius: .6rem; background: var(--card); color: var(--text); max-width: 26rem; }
dialog form { display: block; } ::backdrop { background: rgb(0 0 0 / .5); }
#status { position: sticky; bottom: 0; margin: 0; padding: .5rem 1rem; background: var(--accent); color: var(--on-accent); }
#status:empty { display: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 40rem) { .wide { display: none; } .narrow { display: block; } td:first-child { width: auto; } }
`
