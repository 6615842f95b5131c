/// How the page looks: one column of findings with a margin for what they are about, in light, dark and on
/// paper. Colours are Okabe and Ito's (2008), which tell apart for all kinds of colour vision; shapes say the
/// same again.
enum Stylesheet {
  static let css = [tokens, layout, type, tables, plots, dark, phone, print].joined()

  private static let tokens = """
    :root{color-scheme:light dark;
    --paper:#fdfcf9;--ink:#1b1c1e;--soft:#55585e;--faint:#70747b;--rule:#dcd8cf;--grid:#e9e6df;--shade:#f3f1eb;
    --sky:#0072b2;--orange:#d98a00;--green:#009e73;--red:#c8500a;--purple:#a35b86;--grey:#a2a5aa;
    --curve:#0072b2;--halo:#fdfcf9;
    --serif:"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4",Charter,Georgia,"Liberation Serif",serif;
    --sans:-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif}

    """

  private static let layout = """
    *{box-sizing:border-box}
    html{background:var(--paper);-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:1180px;padding:40px 40px 64px;background:var(--paper);color:var(--ink);font:15px/1.5 var(--sans)}
    .masthead{padding-bottom:22px}
    .masthead .kicker{display:flex;justify-content:space-between;gap:24px;margin:0 0 26px;padding-bottom:10px;border-bottom:2px solid var(--ink)}
    .masthead h1{max-width:25em}
    .figures{display:flex;flex-wrap:wrap;margin:26px 0 0;gap:18px 0}
    .figures div{flex:1 1 150px;padding:2px 20px 2px 0;margin-right:20px;border-right:1px solid var(--rule)}
    .figures div:last-child{border-right:0;margin-right:0}
    section{display:grid;grid-template-columns:132px minmax(0,1fr);column-gap:36px;padding:30px 0 34px;border-top:1px solid var(--rule)}
    .margin{margin:5px 0 0}
    .column>.lead{max-width:43em;margin-bottom:22px}
    .block{margin-top:22px}
    .block.beside{display:grid;grid-template-columns:minmax(0,1.9fr) minmax(0,1fr);gap:0 36px;align-items:start}
    .block.beside .plots{display:block}
    .block.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 36px;align-items:start}
    .block.pair>h3,.block.pair>p,.block.pair>.notes{grid-column:1/-1}
    .block.pair>h3{margin-bottom:14px}
    .block.pair .plots{display:contents}
    .block.pair figure{grid-column:auto}
    .block.pair figure:first-child{grid-row:span 2}
    .block.pair .table{margin-top:20px}
    .block.pair figure:only-child{grid-row:auto}
    .block.pair .plots:has(figure:only-child)+.table{margin-top:0}
    .plots{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:30px 36px}
    figure{margin:0;grid-column:span 3;break-inside:avoid}
    figure.wide{grid-column:span 6}
    figure.third{grid-column:span 2}
    .cards{list-style:none;margin:0;padding:0}
    .cards li{padding:11px 0 12px 26px;border-top:1px solid var(--rule);position:relative;break-inside:avoid}
    .cards li:first-child{border-top:0;padding-top:2px}
    .cards .glyph{position:absolute;left:0;top:14px}
    .cards li:first-child .glyph{top:5px}
    .cards p{margin:2px 0 0;color:var(--soft);font-size:13.5px;line-height:1.42}
    .cards p.value{color:var(--ink);font-variant-numeric:tabular-nums}
    .notes{margin:14px 0 0;padding:0;list-style:none;color:var(--soft);font-size:13.5px}
    .notes li{padding:7px 0;border-top:1px solid var(--rule);max-width:60em}
    footer{border-top:2px solid var(--ink);padding-top:14px;color:var(--faint);font-size:12.5px;line-height:1.55}
    footer p{margin:0 0 6px;max-width:72em}

    """

  private static let type = """
    h1,h2,h3{font-family:var(--serif);font-weight:600;line-height:1.16;letter-spacing:-.006em;margin:0;text-wrap:balance}
    h1{font-size:40px}
    h2{font-size:27px;max-width:26em}
    h3{font-size:21px;margin:30px 0 4px;max-width:32em}
    h3 .kicker{display:block;margin:0 0 6px}
    .block>h3:first-child{margin-top:14px}
    h4{font-size:14px;font-weight:600;line-height:1.35;margin:0 0 8px}
    .cards h4{margin:0;font-size:14.5px}
    .kicker,.margin{font:600 11.5px/1.4 var(--sans);letter-spacing:.085em;text-transform:uppercase;color:var(--soft)}
    .kicker time{font-weight:400;letter-spacing:.02em;text-transform:none;font-size:13px}
    .lead{font-size:16.5px;line-height:1.5;color:var(--soft);margin:10px 0 0;max-width:44em}
    .masthead .lead{font-size:18px;margin-top:14px}
    .block p{max-width:48em}
    dt{font-size:12.5px;color:var(--soft)}
    dd{margin:1px 0 0;font:600 27px/1.2 var(--serif);font-variant-numeric:lining-nums;white-space:nowrap}
    dd small{display:block;font:400 12.5px/1.4 var(--sans);color:var(--faint);white-space:normal}
    figcaption,.note{font-size:12.5px;line-height:1.45;color:var(--faint);margin-top:7px;max-width:50em}
    .glyph{width:14px;height:14px;vertical-align:-2px}
    .named{display:inline-block;position:relative;padding-left:19px}
    .named .glyph{position:absolute;left:0;top:3px}
    .reason{display:inline-block;max-width:100%;margin-right:.9em;overflow-wrap:anywhere}
    .reason b{font-weight:600;font-variant-numeric:tabular-nums}
    .up{color:var(--red)}.down{color:var(--green)}
    .muted{color:var(--faint)}
    .id{color:var(--faint);font-size:12px;display:block}

    """

  private static let tables = """
    .table{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4}
    caption{text-align:left;font-weight:600;font-size:14px;padding:0 0 8px}
    thead th{font-weight:600;font-size:12px;color:var(--soft);vertical-align:bottom;border-bottom:1px solid var(--ink);white-space:nowrap}
    th,td{text-align:left;padding:6px 14px 6px 0;vertical-align:baseline;border-bottom:1px solid var(--rule);font-weight:400}
    tbody tr{break-inside:avoid}
    tbody th{overflow-wrap:anywhere}
    .number{text-align:right;font-variant-numeric:tabular-nums lining-nums;white-space:nowrap}
    .brief{white-space:nowrap}
    tbody th{min-width:9.5em}
    th:last-child,td:last-child{padding-right:0}
    .standing{font-size:12px}

    """

  private static let plots = """
    .plot{display:block;width:100%;height:auto;overflow:visible;font-family:var(--sans)}
    .plot text{font-size:10px;fill:var(--soft);unicode-bidi:isolate}
    .plot .tick{fill:var(--faint);font-variant-numeric:tabular-nums}
    .plot .label{fill:var(--soft);font-size:10.5px}
    .plot .row{fill:var(--ink);font-size:10px}
    .plot .panel,.plot .strong{fill:var(--ink);font-weight:600}
    .plot .value{font-variant-numeric:tabular-nums}
    .plot .note,.plot .legend{fill:var(--soft);paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
    .plot .corner{fill:var(--ink);font-weight:600;font-size:11px;paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
    .plot .corner-size{font-size:10px;paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
    .plot .rank{fill:var(--ink);font-size:11px;font-weight:700;paint-order:stroke;stroke:var(--halo);stroke-width:3px;stroke-linejoin:round}
    .grid{stroke:var(--grid);stroke-width:1}
    .axis{stroke:var(--faint);stroke-width:1}
    .cut{stroke:var(--ink);stroke-width:1.1}
    .one{stroke:var(--faint);stroke-width:1}
    .chance{stroke:var(--faint);stroke-width:1;stroke-dasharray:3 3;fill:none}
    .drop{stroke:var(--faint);stroke-width:1;stroke-dasharray:1.5 2.5}
    .limit{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
    .noise,.rug{stroke:var(--ink);stroke-width:1.2}
    .interval{stroke:var(--curve);stroke-width:1.6;fill:none;stroke-linecap:round}
    .interval.faint{stroke:var(--grey)}
    .curve{stroke:var(--curve);stroke-width:2;fill:none;stroke-linejoin:round}
    .curve.red{stroke:var(--red)}.curve.sky{stroke:var(--sky)}
    .dashed{stroke-dasharray:6 3}
    .area{fill:var(--curve);fill-opacity:.1}
    .band{fill:var(--curve);fill-opacity:.16}
    .point{fill:var(--curve);stroke:var(--paper);stroke-width:1}
    .point.faint{fill:var(--grey)}
    .shade{fill:var(--shade)}
    .target{fill:var(--ink);fill-opacity:.09}
    .target-end{stroke:var(--ink);stroke-width:1.2}
    .bin{fill:var(--ink)}
    .field{fill-opacity:.045}
    .mark{fill-opacity:.62;stroke-width:1}
    .mark.unsure{fill-opacity:0;stroke-width:1.3}
    .sky{fill:var(--sky)}.orange{fill:var(--orange)}.green{fill:var(--green)}.red{fill:var(--red)}.grey{fill:var(--grey)}
    .curve.sky,.curve.red{fill:none}
    .mark{stroke:var(--paper)}
    .mark.sky{stroke:var(--sky)}.mark.orange{stroke:var(--orange)}.mark.green{stroke:var(--green)}.mark.red{stroke:var(--red)}
    .bar{fill-opacity:.9}
    .beyond{stroke:var(--paper);stroke-width:2;fill:none}

    """

  private static let dark = """
    @media (prefers-color-scheme:dark){:root{
    --paper:#15171a;--ink:#eceae4;--soft:#b4b5b7;--faint:#8e9197;--rule:#33363b;--grid:#26292e;--shade:#1c1f23;
    --sky:#56b4e9;--orange:#e9a21c;--green:#1fbf92;--red:#f0773a;--purple:#cc79a7;--grey:#70747b;--curve:#56b4e9;--halo:#15171a}
    .field{fill-opacity:.06}}

    """

  private static let phone = """
    @media screen and (max-width:900px){
    body{padding:24px 20px 48px}
    section{display:block;padding:24px 0 28px}
    .margin{margin:0 0 8px}
    .block.beside,.block.pair{display:block}
    .block.pair .plots{display:grid}
    .block.beside .cards{margin-top:18px}}
    @media screen and (max-width:620px){
    body{padding:18px 16px 40px}
    h1{font-size:28px}h2{font-size:22px}h3{font-size:19px}
    .masthead .lead{font-size:16px}
    .masthead .kicker{margin-bottom:18px}
    .figures{gap:14px 0}
    .figures div{flex:1 1 46%;padding-right:10px;margin-right:10px;border-right:0}
    dd{font-size:23px}
    .plots,.block.pair .plots{display:block}
    figure{margin-top:26px}
    figure:first-child{margin-top:0}
    .plot text{font-size:11px}
    figure.wide .plot text{font-size:16px}
    figure.wide .plot .tick{font-size:14.5px}
    figure.wide .plot .corner{font-size:13.5px}
    figure.wide .plot .corner-size{font-size:13px}
    figure.third .plot{max-width:320px}
    figure.third .plot text{font-size:9.5px}
    table,tbody,tr,th,td{display:block}
    thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
    caption{display:block}
    tbody tr{padding:9px 0;border-bottom:1px solid var(--rule)}
    tbody th,tbody td{border:0;padding:1px 0;text-align:left;white-space:normal}
    tbody th{font-weight:600}
    tbody td{display:flex;justify-content:space-between;gap:16px}
    tbody td::before{content:attr(data-name);color:var(--faint);flex:none}
    tbody td.text{text-align:right}
    .reason{margin:0 0 0 .9em}}

    """

  private static let print = """
    @media print{
    @page{size:A4;margin:16mm 15mm}
    :root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#333;--faint:#555;--rule:#bbb;--grid:#ddd;--shade:#f2f2f2;
    --sky:#0072b2;--orange:#d98a00;--green:#009e73;--red:#c8500a;--grey:#999;--curve:#0072b2;--halo:#fff}
    body{padding:0;max-width:none;font-size:9.5pt}
    h1{font-size:23pt}h2{font-size:15pt}h3{font-size:12.5pt}h4{font-size:9.5pt}
    h1,h2,h3,h4,caption,.margin,.lead{break-after:avoid;break-inside:avoid}
    .lead{font-size:10.5pt}.masthead .lead{font-size:11.5pt}
    .figures{margin-top:16px}
    .figures div{flex:1 1 90px;padding-right:8px;margin-right:8px}
    dd{font-size:15pt}
    dd small,dt,figcaption,.note,footer,.id,thead th{font-size:8pt}
    section{display:block;padding:16px 0 18px}
    .margin{font-size:7.5pt;margin:0 0 4px}
    .block{margin-top:14px}
    .block.beside,.block.pair{break-inside:avoid}
    .plots{gap:16px 24px}
    .cards p,.cards h4,.notes,table{font-size:8.5pt}
    .cards li{padding-top:7px;padding-bottom:8px}
    th,td{padding-top:4px;padding-bottom:4px}
    thead{display:table-header-group}
    figure,tr,li{break-inside:avoid}
    .table{overflow:visible}}
    """
}
