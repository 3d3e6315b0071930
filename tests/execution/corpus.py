"""Notebooks that show what kernels can say, to be run by papermill's engine and by ours."""

from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

MAY_FAIL = "raises-exception"

STREAMS = [
    "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
    "for n in range(5): print(n, end='\\r', flush=True)\nprint('done')",
    "sys.stdout.write('no line end'); sys.stdout.flush(); sys.stderr.write('a\\b\\x07\\x00bell\\n')",
    "from tqdm import tqdm\nfor _ in tqdm(range(3), mininterval=0, bar_format='{n}/{total}'): pass",
    "print('\\x1b[31mred\\x1b[0m \\x1b]8;;http://x\\x07link\\x1b]8;;\\x07')",
    "print('é 漢字 🎉 \\u2028 \\u2029 \\x85 \\x1c')",
    "import os, subprocess\nsubprocess.run(['sh', '-c', 'echo of a child; echo wrong >&2; sleep 0.2']).returncode",
    "os.write(1, b'\\xff\\xfe not UTF-8\\n'); sys.stdout.flush(); import time; time.sleep(0.2)",
    "print('half a pair: \\udc80')",
    "'\\udc80 in a result'",
    "!echo from the shell",
    "%%bash\necho bash; echo to stderr >&2",
    "import threading\nt = threading.Thread(target=lambda: print('in a thread')); t.start(); t.join()",
    "late = threading.Timer(0.3, lambda: print('late')); late.start()",
    "late.join(); print('after it')",
    "print('x' * 1_000_000)\nfor n in range(20_000): print(n)",
    "pass  # says nothing",
]

DISPLAYS = [
    "from IPython.display import *\n1 + 1",
    "display('a', {'text/html': '<b>b</b>', 'text/plain': 'b'}, raw=False)",
    "display({'text/html': '<b>b</b>', 'text/plain': 'b'}, raw=True, metadata={'isolated': True})",
    "first = display('one', display_id='shared')\nsame = display('one', display_id='shared')",
    "update_display('two', display_id='shared'); print('updated from another cell')",
    "handle = display('begin', display_id=True)\nfor n in range(3): handle.update(n)",
    "update_display('nowhere', display_id='never shown')",
    "print('gone'); clear_output(); print('stays')",
    "print('replaced'); clear_output(wait=True); print('new')",
    "print('kept, for nothing follows'); clear_output(wait=True)",
    "display('x', display_id='cleared'); clear_output(); update_display('y', display_id='cleared'); print('end')",
    "Image(data=bytes.fromhex('89504e470d0a1a0a'), format='png')",
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><text>é\\n</text></svg>')",
    "JSON({'a': [1, 2, {'b': None}], 'text': 'two\\nlines'})",
    "display(HTML('<i>i</i>'), Markdown('*m*'), Latex('$x$'), Javascript('1'))",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.show()",
    "import pandas\npandas.DataFrame({'a': [1, float('nan')], 'b': ['x', None]})",
    "{'nan': float('nan'), 'inf': float('inf')}",
    "display({'application/json': {'x': 1.5}, 'text/plain': ['a', 'b']}, raw=True)",
]

PROGRAMS = [
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "%%capture captured\nprint('hidden')",
    "captured.stdout",
    "%env AZML_CORPUS=1",
    "%%javascript\nconsole.log(1)",
    "%%html\n<b>b</b>",
    "_ , In[1], Out",
    "get_ipython().set_next_input('not a new cell')",
    "?len",
    "from IPython import get_ipython\nget_ipython().execution_count",
    "__name__, get_ipython().history_manager.hist_file",
]

FAILURES = [
    "input('name? ')",
    "import getpass; getpass.getpass()",
    "1 / 0",
    "def f(n): return f(n - 1) if n else [][0]\nf(3)",
    "print('before'); raise KeyboardInterrupt",
    "import sys; sys.exit(3)",
    "this is no Python",
    "raise ValueError('\\ud800 alone')",
    "raise Exception('\\x1b[31mred\\x1b[0m\\n' * 3)",
    "try: 1 / 0\nexcept ZeroDivisionError as error: raise RuntimeError('from') from error",
    "%no_such_magic",
    "!exit 3",
    "class Odd(Exception):\n    def __str__(self): raise RuntimeError\nraise Odd()",
]

WIDGETS = [
    "import ipywidgets as w\nslider = w.IntSlider(value=3, description='é'); slider",
    "slider.value = 7",
    "out = w.Output()\nout",
    "with out: print('in the widget'); display('shown in it')",
    "with out: out.clear_output(); print('again')",
    "out.clear_output(wait=True)\nwith out: print('replaced')\nprint('beside it')",
    "w.Image(value=bytes(range(16)), format='png')",
    "w.VBox([slider, w.Button(description='b')])",
    "from comm import create_comm\nc = create_comm('unknown', data={'state': {'x': 1}}); c.send({'y': 2}); c.close()",
]


def everything() -> Any:
    """Whatever does not end a notebook, for one kernel."""
    cells = [
        new_markdown_cell("# Title\n\n![x](attachment:a.png)", attachments={"a.png": {"image/png": "iVBORw0KGgo="}}),
        new_raw_cell("raw\ntext"),
        new_code_cell("rate: float = 0.1  # how fast\nname = 'n'\nlist_ = [1, 2]", metadata={"tags": ["parameters"]}),
        new_code_cell("print(rate, name, list_)", outputs=[], execution_count=7),
        *(new_code_cell(source) for source in [*STREAMS, *DISPLAYS, *PROGRAMS]),
        new_code_cell(""),
        new_code_cell("  \n\n"),
        new_code_cell("print('skipped')", metadata={"tags": ["skip-execution"]}),
        new_code_cell("print('hidden')", metadata={"tags": ["hide-input", "x"], "collapsed": True, "custom": {"a": 1}}),
        *(new_code_cell(source, metadata={"tags": [MAY_FAIL]}) for source in FAILURES),
        *(new_code_cell(source) for source in WIDGETS),
        new_code_cell("'papermill_description=LAST'"),
    ]
    return _of_python(cells)


def ending_with(source: str) -> Any:
    return _of_python([new_code_cell("1"), new_code_cell(source), new_code_cell("print('never, or after all')")])


def of_bash() -> Any:
    notebook = new_notebook(
        cells=[
            new_code_cell("rate=0.1\nname=none", metadata={"tags": ["parameters"]}),
            new_code_cell('echo "$rate $name"'),
            new_code_cell("echo wrong >&2"),
            new_code_cell("seq 1 500"),
            new_code_cell("cd /; pwd"),
        ]
    )
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}
    return notebook


def _of_python(cells: list[Any]) -> Any:
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook
