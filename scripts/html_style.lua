-- HTML 형식의 모양(CSS). 밝은 화면, 어두운 화면, 휴대전화, 인쇄.
return { text = [[
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#545b64;--line:#b8bec6;--head:#eef1f4;--bar:#4a6fa5;
--alert:#b3261e;--wash:#fdecea;--changed:#fff3c4;--link:#0b4f9e}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8eaed;--soft:#adb4bd;--line:#474e57;--head:#21262c;
--bar:#86abe0;--alert:#ff9c93;--wash:#3a1d1b;--changed:#4a3f12;--link:#9cc4ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:60rem;background:var(--paper);color:var(--ink);
font:16px/1.6 "Noto Sans KR","Noto Sans CJK KR","Malgun Gothic","Apple SD Gothic Neo",NanumGothic,sans-serif;
word-break:keep-all;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;line-height:1.35;text-align:center;border-block:3px double var(--ink);padding:.8rem .5rem;
margin:0 0 1.5rem}
h2,.level-1{font-size:1.3rem;border-bottom:1px solid var(--ink);padding-bottom:.3rem;margin:2.5rem 0 1rem}
.level-2,.level-3,.level-4{border:0;padding:0}
.level-2{font-size:1.12rem;margin:2rem 0 .6rem}
.level-3,.level-4{font-size:1.02rem;margin:1.6rem 0 .5rem}
.level-2::before{content:"■ "}.level-3::before{content:"▢ "}.level-4::before{content:"▪ "}
p{margin:.5rem 0}
.note{padding-left:1.4em;text-indent:-1.4em;color:var(--soft);font-size:.94rem}
ul{margin:.2rem 0;padding-left:1.3rem;list-style:none}
ul>li{position:relative}
ul>li::before{content:"◇";position:absolute;left:-1.25rem}
ul ul>li::before{content:"○"}ul ul ul>li::before{content:"-"}ul ul ul ul>li::before{content:"·"}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;overflow-wrap:break-word;font-size:.92rem;line-height:1.45}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding:.2rem 0}
th,td{border:1px solid var(--line);padding:.32rem .5rem;vertical-align:middle}
thead th{background:var(--head);font-weight:600;text-align:center;white-space:nowrap}
tbody th{font-weight:500;text-align:left}
.right{text-align:right;white-space:nowrap}.center,thead th.center{text-align:center}.left{text-align:left}
.spaced{letter-spacing:.35em;text-align:center}
.mark{display:inline-block;margin-left:.35em;padding:0 .35em;border:1px solid var(--alert);color:var(--alert);
background:var(--wash);font-size:.84em;white-space:nowrap}
.changed{background:var(--changed)}
.change{display:inline-block;margin-left:.35em;font-size:.84em;white-space:nowrap}
a{color:var(--link)}
th a{color:inherit;text-decoration:underline;text-decoration-color:var(--line);text-underline-offset:.2em}
button,input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);
padding:.25rem .5rem}
button{cursor:pointer}
button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible,summary:focus-visible,
.scroll:focus-visible{
outline:3px solid var(--link);outline-offset:1px}
thead button{border:0;background:none;padding:0;font-weight:600}
thead button::after{content:" ↕";color:var(--soft)}
th[aria-sort=ascending] button::after{content:" ▲";color:inherit}
th[aria-sort=descending] button::after{content:" ▼";color:inherit}
.tools{border:1px solid var(--line);background:var(--head);padding:.7rem .9rem;margin:0 0 1rem}
.tools h2{font-size:1.05rem;border:0;margin:0 0 .4rem;padding:0}
.tools .row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.35rem 0}
.tools input[type=range]{flex:1 1 14rem;min-width:10rem;padding:0;accent-color:var(--bar)}
.tools input[type=search]{flex:1 1 14rem;min-width:10rem}
.tools output{font-weight:600}
.tools ul{font-size:.92rem}
figure.chart{margin:1.2rem 0;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.3rem}
.chart svg{display:block;width:100%;max-width:36rem;height:auto}
.charts,.pieces{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 1.5rem;
align-items:start}
figure[data-kind=dots]{grid-column:1/-1}
figure[data-kind=dots] .pieces{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.2rem .6rem}
figure[data-kind=dots] .pieces svg{max-width:15rem}
svg.defs{position:absolute}
svg text{font-size:12px;fill:var(--ink)}
svg text.scale,svg text.past{font-size:10.5px;fill:var(--soft)}
svg .bar,svg .dot{fill:var(--bar)}
svg .alert{fill:url(#hatch);stroke:var(--alert);stroke-width:1}
svg .dot.alert{fill:var(--paper);stroke-width:2.5}
svg .hatch-paper{fill:var(--wash)}svg .hatch-line{stroke:var(--alert);stroke-width:2.5}
svg .base,svg .tick{stroke:var(--soft);stroke-width:1}
svg .slope{stroke:var(--bar);stroke-width:1.6;fill:none}
svg .slope.alert{stroke:var(--alert);stroke-dasharray:5 3}
svg .target{stroke:var(--ink);stroke-width:1.6}
svg .threshold{stroke:var(--alert);stroke-width:1.6;stroke-dasharray:6 3}
svg text.threshold-name{fill:var(--alert)}
svg .flipped{stroke:var(--ink);stroke-width:2.5}
details{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.3rem 0}
pre{white-space:pre-wrap;word-break:keep-all;overflow-wrap:anywhere;font:.86rem/1.5 "D2Coding",
"Nanum Gothic Coding",NanumGothicCoding,monospace;
margin:.4rem 0 1rem;padding:.7rem;background:var(--head)}
dialog{max-width:min(58rem,94vw);width:100%;max-height:88vh;border:1px solid var(--line);background:var(--paper);
color:var(--ink);padding:1rem}
dialog::backdrop{background:rgba(0,0,0,.5)}
dialog h2{font-size:1.1rem;border:0;margin:0 0 .5rem}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
@media (max-width:40rem){body{padding:1rem .7rem 3rem;font-size:15px}h1{font-size:1.25rem}h2{font-size:1.12rem}
th,td{padding:.3rem .35rem}.scroll>table[data-sort]{min-width:32rem}.spaced{letter-spacing:.1em}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--line:#777;--head:#eee;--bar:#4a6fa5;
--alert:#b3261e;--wash:#fff;--changed:#fff;--link:#000}
@page{size:A4;margin:18mm 15mm}
body{max-width:none;padding:0;font-size:10.5pt}
.tools,.why,dialog,.hidden-print{display:none!important}
thead{display:table-header-group}tr,figure,.leaf table{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}
.part{break-before:page}.scroll{overflow:visible}th a{text-decoration:none}
thead th[data-title] button{display:none}thead th[data-title]::before{content:attr(data-title)}
#altered{color:#000;font-weight:600}figure.chart svg{max-height:225mm}
.charts{grid-template-columns:1fr}.pieces{grid-template-columns:1fr 1fr}
.bar,.alert,th,.mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
]] }
