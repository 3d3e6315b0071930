# ruff: noqa: E501 - a notebook is one line here, so that a hundred of them can be looked through
"""Cells as people write them, with what their notebooks hold. Each is run in place and where it travels to."""

from dataclasses import dataclass, field
from textwrap import dedent


@dataclass
class Fixture:
    cell: str
    before: list[str] = field(default_factory=list)
    show: str = ""
    """An expression that both sides evaluate after the cell."""
    travels: str | None = None
    """The names that are to travel, and no other; None where that is not the point."""
    files: dict[str, str] = field(default_factory=dict)


FIXTURES: dict[str, Fixture] = {}


def fixture(name: str, *sources: str, show: str = "", travels: str | None = None, **files: str) -> None:
    """The last source is the cell, those before it are the notebook. ``__`` in a file's name stands for its dot."""
    *before, cell = [dedent(source).strip("\n") for source in sources]
    named = {key.replace("__", "."): dedent(text) for key, text in files.items()}
    FIXTURES[name] = Fixture(cell, before, show, travels, named)


fixture("value", "x = {'a': [1, 2]}", "x['a'].append(3)", show="x", travels="x")
fixture("module", "import numpy as np", "a = np.arange(3).sum()", show="a", travels="np")
fixture(
    "submodule", "import xml.etree.ElementTree", "y = xml.etree.ElementTree.fromstring('<a b=\"1\"/>').attrib", show="y"
)
fixture("submodule as a name", "from os import path", "print(path.join('a', 'b'))", travels="path")
fixture("function", "k = 2", "def f(x): return x * k", "y = f(21)", show="y", travels="f k")
fixture("recursive", "def fact(n): return 1 if n < 2 else n * fact(n - 1)", "y = fact(9)", show="y", travels="fact")
fixture(
    "mutual recursion",
    "def even(n): return n == 0 or odd(n - 1)\ndef odd(n): return n != 0 and even(n - 1)",
    "y = even(10)",
    show="y",
    travels="even odd",
)
fixture(
    "transitive",
    "base = 10",
    "def a(): return base",
    "def b(): return a() + 1",
    "def c(): return b() + 1",
    "print(c())",
    travels="c b a base",
)
fixture("rebound global", "rate = 1", "def f(): return rate", "rate = 5\ny = f()", show="y")
fixture(
    "helper bound by the cell", "def f(): return helper()", "def helper(): return 'new'\ny = f()", show="y", travels="f"
)
fixture("global counter", "n = 0", "def inc():\n    global n\n    n += 1", "inc(); inc()\nprint(n)", show="n")
fixture(
    "closure",
    """
    def counter():
        n = 0
        def step():
            nonlocal n
            n += 1
            return n
        return step
    c = counter(); c()
    """,
    "y = [c(), c()]",
    show="y",
)
fixture(
    "decorator with closure",
    """
    import functools
    calls = []
    def logged(prefix):
        def wrap(f):
            @functools.wraps(f)
            def inner(*a, **k):
                calls.append(prefix + f.__name__)
                return f(*a, **k)
            return inner
        return wrap
    """,
    "@logged('>')\ndef add(a, b): return a + b",
    "y = add(1, 2), calls, add.__name__",
    show="y, add.__wrapped__(3, 4)",
)
fixture(
    "decorator used in the cell",
    "def twice(f): return lambda *a: f(*a) * 2",
    "@twice\ndef g(x): return x + 1\ny = g(1)",
    show="y",
    travels="twice",
)
fixture(
    "class",
    """
    offset = 100
    class Model:
        '''doc'''
        made = 0
        def __init__(self, w): self.w = w; type(self).made += 1
        def predict(self, x): return self.w * x + offset
        @property
        def double(self): return self.w * 2
        @classmethod
        def zero(cls): return cls(0)
        @staticmethod
        def name(): return 'm'
    m = Model(3)
    """,
    "y = m.predict(2), m.double, Model.zero().w, Model.name(), isinstance(m, Model), Model.made",
    show="y, Model.__doc__",
)
fixture(
    "subclass and super",
    "class A:\n    def f(self): return 1\nclass B(A):\n    def f(self): return super().f() + 1",
    "y = B().f(), B.__mro__[1] is A",
    show="y",
)
fixture(
    "dataclass",
    """
    from dataclasses import dataclass, field, asdict, fields, replace
    @dataclass(order=True)
    class P:
        x: int
        tags: list = field(default_factory=list)
    p = P(1, ['a'])
    """,
    "y = asdict(p), [f.name for f in fields(P)], p < P(2), replace(p, x=5), p",
    show="y",
)
fixture(
    "frozen dataclass with slots",
    "from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass Q:\n    a: int = 1\nq = Q(4)",
    "y = hash(q) == hash(Q(4)), q",
    show="y",
)
fixture("lambda", "f = lambda x, k=3: x * k", "y = f(2)", show="y", travels="f")
fixture(
    "lambdas in a dictionary",
    "z = 7\nops = {'add': lambda a: a + z, 'mul': lambda a: a * z}",
    "y = [o(2) for o in ops.values()]",
    show="y",
    travels="ops z",
)
fixture(
    "lambdas in a list that read one name",
    "fs = [lambda x, i=i: x + i + off for i in range(3)]\noff = 1",
    "y = [f(1) for f in fs]",
    show="y",
    travels="fs off",
)
fixture(
    "numpy",
    "import numpy as np\na = np.arange(6.).reshape(2, 3)\nv = a[0]",
    "v = a.T @ a",
    show="v.tolist()",
    travels="a",
)
fixture(
    "numpy structured and random",
    "import numpy as np\nr = np.random.default_rng(3)\ns = np.zeros(2, dtype=[('a', 'i4'), ('b', 'U3')])",
    "s['a'] = r.integers(0, 9, 2)",
    show="s.tolist(), s.dtype",
)
fixture(
    "pandas",
    "import pandas as pd\ndf = pd.DataFrame({'g': list('aab'), 'v': [1, 2, 3]}, index=pd.date_range('2024-01-01', periods=3))",
    "out = df.groupby('g').v.sum()",
    show="out.to_dict(), df.index.freqstr",
    travels="df",
)
fixture(
    "pandas query with a variable",
    "import pandas as pd\ndf = pd.DataFrame({'a': range(5)})\nlimit = 2",
    "n = len(df.query('a > @limit'))",
    show="n",
    travels="df limit",
)
fixture(
    "pandas apply with a function of the notebook",
    "import pandas as pd\nk = 3\ns = pd.Series([1, 2])\ndef f(x): return x * k",
    "r = s.apply(f).tolist()",
    show="r",
    travels="s f k",
)
fixture("loop name", "items = [1, 2]\ni = 'old'", "for i in items: last = i * 2", show="i, last", travels="items")
fixture("loop over nothing", "items = []\ni = 'old'", "for i in items: pass\nprint(i)", show="i", travels="items i")
fixture(
    "comprehension names",
    "xs = [1, 2]\nx = object()",
    "y = [x * 2 for x in xs]; z = {x: x for x in xs}; s = sum(x for x in xs)",
    show="y, z, s",
    travels="xs",
)
fixture(
    "nested comprehension",
    "rows = [[1], [2, 3]]\nk = 10",
    "y = [c + k for r in rows for c in r if c != k]",
    show="y",
    travels="rows k",
)
fixture(
    "walrus",
    "xs = [1, 5]",
    "if (n := len(xs)) > 1: print(n)\ny = [m for x in xs if (m := x) > 2]",
    show="y, n, m",
    travels="xs",
)
fixture(
    "with",
    "fh = open('data.txt', 'w')\npath = 'data.txt'",
    "with open(path) as fh: text = fh.read()",
    show="text",
    travels="path",
    data__txt="",
)
fixture(
    "try and except",
    "e = 'old'",
    "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    m = str(e)\nprint(m)",
    show="'e' in globals()",
    travels="",
)
fixture("augmented assignment", "total = 5", "total += 2", show="total", travels="total")
fixture("augmented item", "d = {'a': 1}", "d['a'] += 1", show="d", travels="d")
fixture("delete", "x = 1\ny = 2", "del x\nprint(y, 'x' in globals())", travels="x y")
fixture(
    "match",
    "class P:\n    __match_args__ = ('x', 'y')\n    def __init__(self, x, y): self.x, self.y = x, y\npt = P(1, 2)\nz = 'old'",
    "match pt:\n    case P(0, y): r = y\n    case P(x, y) if x: r = x + y\n    case _: r = None",
    show="r",
    travels="pt P",
)
fixture("shadowed builtin", "list = [3, 1]\nsum = len", "y = sum(list)", show="y", travels="sum list")
fixture(
    "shadowed builtin in a function", "max = min", "def f(*a): return max(a)", "y = f(1, 2)", show="y", travels="f max"
)
fixture(
    "overwritten builtin",
    "import builtins\ndef loud(*a): return 'LOUD'\nbuiltins.ascii = loud",
    "y = ascii('x')",
    show="y",
)
fixture("injected builtin", "import builtins\nbuiltins.answer = 42", "y = answer + 1", show="y")
fixture("star import before", "from math import *", "y = floor(pi), e", show="y", travels="floor pi e")
fixture(
    "star import in the cell", "floor = None\nimport math", "from math import *\ny = floor(2.5)", show="y", travels=""
)
fixture(
    "import aliases",
    "import numpy as np, os.path as p\nfrom collections import Counter as C",
    "y = np.int64(3), p.basename('/a/b'), C('aab')",
    show="y",
    travels="np p C",
)
fixture(
    "import hidden in a function",
    "def f():\n    import json\n    return json.dumps({1: 2})",
    "y = f()",
    show="y",
    travels="f",
)
fixture(
    "type alias",
    "from typing import Callable, Optional\nVec = list[float]\nFn = Callable[[int], Optional[str]]",
    "def f(v: Vec, g: Fn = None) -> Vec: return v\ny = f([1.0]), f.__annotations__",
    show="y",
    travels="Vec Fn",
)
fixture(
    "generics",
    "from typing import TypeVar, Generic\nT = TypeVar('T', bound=int)\nclass Box(Generic[T]):\n    def __init__(self, v: T): self.v = v",
    "y = Box[int](3).v, Box.__parameters__[0] is T",
    show="y",
)
fixture(
    "parameters of types",
    "from typing import NewType, ParamSpec\nUserId = NewType('UserId', int)\nP = ParamSpec('P')",
    "y = UserId(3), UserId.__name__, P.__name__",
    show="y",
)
fixture(
    "named tuples",
    "from typing import NamedTuple\nfrom collections import namedtuple\nclass A(NamedTuple):\n    x: int\n    y: int = 2\nB = namedtuple('B', 'p q')\na, b = A(1), B(3, 4)",
    "y = a._replace(x=5), b._asdict(), a.y, type(a) is A",
    show="y",
)
fixture(
    "enum",
    "from enum import Enum, Flag, auto\nclass C(Enum):\n    RED = 1\n    BLUE = auto()\n    def low(self): return self.name.lower()\nclass F(Flag):\n    A = auto()\n    B = auto()\nc, f = C.RED, F.A | F.B",
    "y = c is C.RED, c.low(), list(C), f == F.A | F.B, C(2)",
    show="y",
)
fixture(
    "protocol and abc",
    "from typing import Protocol, runtime_checkable\nfrom abc import ABC, abstractmethod\n@runtime_checkable\nclass Speaks(Protocol):\n    def say(self) -> str: ...\nclass Base(ABC):\n    @abstractmethod\n    def f(self): ...\n    def g(self): return self.f()\nclass Dog(Base):\n    def f(self): return 'w'\n    def say(self): return 'wuff'",
    "y = isinstance(Dog(), Speaks), Dog().g(), isinstance(Dog(), Base)\ntry: Base()\nexcept TypeError as e: m = 'abstract' in str(e)",
    show="y, m",
)
fixture(
    "typed dict",
    "from typing import TypedDict\nclass TD(TypedDict, total=False):\n    a: int\nt: TD = {'a': 1}",
    "y = TD.__annotations__, t, TD(a=2)",
    show="y",
)
fixture(
    "partial",
    "from functools import partial\nk = 2\ndef mul(a, b): return a * b * k\ndbl = partial(mul, 2)",
    "y = dbl(5)",
    show="y",
    travels="dbl k",
)
fixture(
    "lru_cache",
    "from functools import lru_cache, cache\n@lru_cache(maxsize=7)\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n@cache\ndef g(): return fib(20)",
    "y = g(), fib.cache_info().maxsize",
    show="y",
    travels="fib g",
)
fixture(
    "cached property",
    "from functools import cached_property\nclass A:\n    n = 0\n    @cached_property\n    def v(self): type(self).n += 1; return 5\na = A()",
    "y = a.v + a.v, A.n",
    show="y",
)
fixture(
    "singledispatch",
    "from functools import singledispatch\n@singledispatch\ndef show(x): return 'any'\n@show.register\ndef _show_int(x: int): return 'int'\n@show.register(list)\ndef _show_list(x): return [show(i) for i in x]",
    "y = show('s'), show(1), show([1, 'a'])",
    show="y",
)
fixture(
    "singledispatchmethod",
    "from functools import singledispatchmethod\nclass A:\n    @singledispatchmethod\n    def f(self, x): return 'any'\n    @f.register\n    def _(self, x: int): return 'int'",
    "y = A().f(1), A().f('')",
    show="y",
)
fixture(
    "descriptor and metaclass",
    "class D:\n    def __set_name__(self, o, n): self.n = n\n    def __get__(self, i, o): return self.n\nclass M(type):\n    def __call__(cls, *a): return ('made', super().__call__(*a).x)\nclass A(metaclass=M):\n    x = D()",
    "y = A()",
    show="y",
)
fixture(
    "class body that reads a global",
    "size = 3",
    "class A:\n    size = size * 2\n    items = [size for _ in range(size)]\ny = A.size, A.items",
    show="y",
    travels="size",
)
fixture(
    "method that reads globals",
    "scale = 2\nclass A:\n    def f(self): return helper(self) * scale\ndef helper(a): return 21",
    "y = A().f()",
    show="y",
    travels="A helper scale",
)
fixture(
    "class made in a function",
    "conf = 'c'\ndef make():\n    class A:\n        v = conf\n        def w(self): return A.v\n    return A",
    "y = make()().w()",
    show="y",
    travels="make conf",
)
fixture(
    "default arguments",
    "d = [1]\ndef f(a, b=d, *, c=len(d)): b.append(a); return b, c",
    "f(2)\ny = f(3), d",
    show="y, f.__defaults__[0] is d",
    travels="f d",
)
fixture("default that the cell evaluates", "seed = 4", "def f(x=seed): return x\ny = f()", show="y", travels="seed")
fixture(
    "annotations",
    "class Config: pass",
    "def f(c: Config) -> 'Config': return c\ny = f.__annotations__['c'] is Config",
    show="y",
    travels="Config",
)
fixture(
    "annotations from the future",
    "from __future__ import annotations",
    "def f(c: Missing) -> Gone: return 1\nx: Nowhere = 2\ny = f(1), f.__annotations__",
    show="y, x",
)
fixture(
    "type hints that are text",
    "import typing\nclass Node: pass\ndef f(n: 'Node') -> None: ...",
    "y = typing.get_type_hints(f)['n'] is Node",
    show="y",
)
fixture(
    "f-string",
    "w = 8\nv = 3.14159\nd = {'k': 'x'}\nspec = '.2f'",
    'y = f\'{v:{w}{spec}}|{d["k"]!r:>{w}}|{len(f"{v}")}\'',
    show="y",
    travels="v w spec d",
)
fixture(
    "top-level await",
    "import asyncio\nasync def fetch(n):\n    await asyncio.sleep(0)\n    return n * factor\nfactor = 3",
    "y = await fetch(2)\nz = [await fetch(i) for i in range(2)]",
    show="y, z",
    travels="fetch asyncio factor",
)
fixture(
    "async with and for",
    "class S:\n    async def __aenter__(self): return 5\n    async def __aexit__(self, *a): pass\nasync def gen():\n    for i in range(3): yield i",
    "async with S() as s: pass\nout = [i async for i in gen()]",
    show="s, out",
    travels="S gen",
)
fixture("generator function", "def gen(n):\n    yield from range(n)", "y = list(gen(3))", show="y", travels="gen")
fixture(
    "context manager",
    "from contextlib import contextmanager\nseen = []\n@contextmanager\ndef cm(x):\n    seen.append(x)\n    yield x * 2\n    seen.append('end')",
    "with cm(2) as v: pass\ny = v, seen",
    show="y",
    travels="cm seen",
)
fixture(
    "magics around Python", "def f(x): return x + k\nk = 1\nxs = [1, 2]", "%%time\ny = f(3)", show="y", travels="f k"
)
fixture(
    "line magics",
    "def f(x): return x + 1\nn = 3",
    "%time y = f(n)\nt = %timeit -n 1 -r 1 -q -o f(n)",
    show="y, t.loops",
    travels="f n",
)
fixture("capture", "msg = 'hi'", "%%capture out\nprint(msg)", show="out.stdout", travels="msg")
fixture(
    "shell lines",
    "name = 'wörld'\nk = {'a': 'b'}\nHOME_OF = 'x'",
    "out = !echo {name} {k['a']} $HOME_OF\nprint(out.s)",
    show="list(out)",
    travels="name k HOME_OF",
)
fixture(
    "shell line in a function",
    "who = 'me'",
    "def f(x):\n    r = !echo {x} {who}\n    return r[0]\ny = f('you')",
    show="y",
    travels="who",
)
fixture("settings by magics", "x = [1]", "%precision 3\n%pwd\nprint(x)", travels="x")
fixture("outputs of earlier cells", "40 + 2", "'x' * 3", "y = _2, Out[1], _", show="y")
fixture("display and get_ipython", "v = 3", "display(v)\ny = get_ipython() is not None", show="y", travels="v")
fixture("eval of a constant", "a, b = 1, 2", "y = eval('a + b')", show="y", travels="a b")
fixture(
    "identity of two names",
    "a = [1]\nb = a\nc = {'in': a}",
    "a.append(2)\ny = b is a, c['in'] is b, b",
    show="y",
    travels="a b c",
)
fixture(
    "containers that hold themselves",
    "l = [1]; l.append(l)\nd = {}; d['me'] = d\nclass N: pass\nn = N(); n.n = n",
    "y = l[1] is l, d['me'] is d, n.n is n",
    show="y",
)
fixture(
    "object shared by a function and the cell",
    "state = {'n': 0}\ndef bump(): state['n'] += 1",
    "bump()\nbump()\ny = state['n']",
    show="y",
    travels="bump state",
)
fixture(
    "own exception",
    "class E(ValueError):\n    def __init__(self, code, *, extra=None):\n        super().__init__(f'code {code}')\n        self.code, self.extra = code, extra\nerr = E(3, extra='x')",
    "try: raise err\nexcept E as e: y = e.code, e.extra, str(e), e.args",
    show="y",
)
fixture(
    "local module",
    "import helpers\nfrom helpers import Thing, STATE\nt = Thing(2)\nhelpers.STATE.append(1)",
    "y = t.double(), type(t) is helpers.Thing, helpers.double(4)",
    show="y",
    helpers__py="STATE = []\nclass Thing:\n    def __init__(self, v): self.v = v\n    def double(self): return double(self.v)\ndef double(x): return x * 2\n",
)
fixture(
    "module in a folder that was added to the path",
    "import sys; sys.path.insert(0, 'src')\nimport inner",
    "y = inner.v\nimport inner2\nz = inner2.v",
    show="y, z",
    **{"src/inner__py": "v = 1", "src/inner2__py": "v = 2"},
)
fixture(
    "module written by the notebook",
    "%%writefile made.py\ndef f(): return 'made'",
    "import made",
    "y = made.f()",
    show="y",
    made__py="def f(): return 'made'",
)
fixture(
    "reloaded module",
    "import mod, importlib\nold = mod.A(1)\nimportlib.reload(mod)\nnew = mod.A(2)",
    "y = old.twice(), new.twice(), type(new) is mod.A, type(old) is mod.A",
    show="y",
    mod__py="K = 2\nclass A:\n    def __init__(self, v): self.v = v\n    def twice(self): return self.v * K\n",
)
fixture(
    "decorator of a local module that keeps a registry",
    "import reg\n@reg.register\ndef f(): return 1",
    "f()\ny = list(reg.CALLS)",
    show="y",
    reg__py="import functools\nCALLS = []\ndef register(f):\n    @functools.wraps(f)\n    def w(*a):\n        CALLS.append(f.__name__)\n        return f(*a)\n    return w\n",
)
fixture(
    "rerun of the whole cell",
    "def main():\n    return conn.x\nclass C: x = 1\nconn = open('data.txt')",
    "def main():\n    return conn.x\nclass C: x = 1\nconn = C()\ny = main()",
    show="y",
    travels="",
    data__txt="",
)
fixture(
    "conditional binding",
    "import os\nmodel = 'old'",
    "if os.environ.get('NO_SUCH'):\n    model = 'new'\ny = model",
    show="y",
    travels="os model",
)
fixture(
    "standard types",
    "import datetime as dt, decimal, fractions, uuid, pathlib, re, collections\nvals = (dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc), decimal.Decimal('1.1'), fractions.Fraction(1, 3), uuid.UUID(int=5), pathlib.Path('a/b'), re.compile('a+'), collections.OrderedDict(a=1), collections.defaultdict(list, a=[1]), collections.deque([1], 3), frozenset([1]), b'x', range(3), slice(1, 2), ..., NotImplemented, 1j)",
    "y = [type(v).__name__ for v in vals], vals",
    show="y",
    travels="vals",
)
fixture(
    "logger and iterator",
    "import logging\nlog = logging.getLogger('mine')\nit = iter([1, 2, 3]); next(it)",
    "y = log.name, list(it)",
    show="y",
    travels="log it",
)
fixture("unicode names", "größe = 3\nλ = lambda x: x * größe", "y = λ(2)", show="y", travels="λ größe")
fixture(
    "operator and method objects",
    "import operator\nget = operator.itemgetter('a')\nup = 'x'.upper\nbound = [3, 1].__contains__",
    "y = get({'a': 1}), up(), bound(3)",
    show="y",
    travels="get up bound",
)
fixture(
    "bound method",
    "class A:\n    def __init__(self): self.n = k\n    def m(self): return self.n + k\nk = 4\nm = A().m",
    "y = m()",
    show="y",
)
fixture(
    "coroutine function in a container",
    "async def a(): return z\nz = 9\ntable = {'a': a}",
    "y = await table['a']()",
    show="y",
    travels="table z",
)
fixture("name of the module", "def f(): return __name__", "y = f(), __name__", show="y", travels="f")
fixture(
    "name in a nested function that is bound there too",
    "x = 1\ndef outer():\n    x = 2\n    def inner(): return x\n    return inner()",
    "y = outer(), x",
    show="y",
    travels="outer x",
)
fixture(
    "star arguments and starred assignment",
    "args = (1, 2)\nkw = {'sep': '-'}\nrest = 'old'",
    "print(*args, **kw)\nfirst, *rest = args",
    show="first, rest",
    travels="args kw",
)
fixture(
    "property that a class of the cell overrides",
    "class A:\n    @property\n    def p(self): return 1",
    "class B(A):\n    @property\n    def p(self): return super().p + 1\ny = B().p",
    show="y",
    travels="A",
)
fixture(
    "weak references to classes",
    "import weakref\nclass A: pass\nws = weakref.WeakSet()\nkeep = A(); ws.add(keep)",
    "y = len(ws), keep in ws",
    show="y",
)
fixture(
    "futures of an earlier cell",
    "from __future__ import annotations",
    "import dataclasses",
    "@dataclasses.dataclass\nclass P:\n    x: Missing = 1\ny = P().x",
    show="y",
)
fixture("magic without its sign", "def f(x): return x + k\nk = 1", "time f(3)", travels="f k")
fixture("single name", "value = [1]", "value", show="value", travels="value")
fixture(
    "method with a cache",
    "from functools import lru_cache\nimport math\nclass A:\n    @lru_cache\n    def f(self, x): return x + k\nk = 2\nroot = lru_cache(math.sqrt)",
    "y = A().f(1), root(9.0)",
    show="y",
)
fixture(
    "function that keeps its state on itself",
    "def f():\n    f.calls += 1\n    return f.calls\nf.calls = 5",
    "f()\ny = f()",
    show="y, f.calls",
    travels="f",
)
fixture(
    "instance of a class that was defined again",
    "class A:\n    def who(self): return 'old'\na = A()",
    "class A:\n    def who(self): return 'new'",
    "y = a.who(), A().who(), isinstance(a, A)",
    show="y",
)
fixture(
    "class that extends the one of its name",
    "class A:\n    n = 1",
    "class A(A):\n    m = A.n + 1\ny = A.m",
    show="y",
    travels="A",
)
fixture(
    "integer and text enums, flags of a function",
    "from enum import IntEnum, StrEnum, unique\n@unique\nclass I(IntEnum):\n    A = 1\nclass S(StrEnum):\n    X = 'x'\nd = {I.A: S.X}",
    "y = d[1], d, I.A + 1, S.X.upper()",
    show="y",
)
fixture(
    "enum with values of its own",
    "from enum import Enum\nclass Planet(Enum):\n    EARTH = (1, 2)\n    def __init__(self, a, b): self.a, self.b = a, b\n    @property\n    def c(self): return self.a + self.b + off\noff = 10",
    "y = Planet.EARTH.c, Planet((1, 2)) is Planet.EARTH",
    show="y",
)
fixture(
    "dataclasses that inherit",
    "from dataclasses import dataclass, field, InitVar, KW_ONLY\nfrom typing import ClassVar\n@dataclass\nclass A:\n    n: ClassVar[int] = 3\n    a: int = 1\n    f: InitVar[int] = 2\n    def __post_init__(self, f): self.a += f * k\n@dataclass\nclass B(A):\n    _: KW_ONLY\n    l: list = field(default_factory=lambda: [k])\nk = 5",
    "y = B(), B(1, 2, l=[]), B.n",
    show="y",
)
fixture(
    "hooks of classes",
    "class Base:\n    subs = []\n    def __init_subclass__(cls, /, tag=None, **kw):\n        super().__init_subclass__(**kw)\n        cls.subs.append((cls.__name__, tag))\n    def __class_getitem__(cls, k): return (cls.__name__, k)\nclass One(Base, tag='a'): pass",
    "class Two(Base, tag='b'): pass\ny = Base.subs, One[3]",
    show="y",
)
fixture(
    "slots and nested classes",
    "class Outer:\n    __slots__ = ('a', '__dict__')\n    class Inner:\n        v = 4\n        def up(self): return Outer.Inner.v + k\n    def __init__(self): self.a = self.Inner()\nk = 1\no = Outer(); o.z = 3",
    "y = o.a.up(), o.z, type(o.a) is Outer.Inner",
    show="y",
)
fixture(
    "total ordering and operators",
    "from functools import total_ordering\n@total_ordering\nclass V:\n    def __init__(self, n): self.n = n\n    def __eq__(self, o): return self.n == o.n\n    def __lt__(self, o): return self.n < o.n\n    def __hash__(self): return hash(self.n)\n    def __repr__(self): return f'V({self.n})'\nvs = {V(2), V(1)}",
    "y = sorted(vs), V(1) >= V(0), V(1) in vs",
    show="y",
    travels="vs V",
)
fixture(
    "iterator and context manager classes",
    "class It:\n    def __init__(self): self.i = 0\n    def __iter__(self): return self\n    def __next__(self):\n        self.i += 1\n        if self.i > limit: raise StopIteration\n        return self.i\n    def __enter__(self): return self\n    def __exit__(self, *a): return False\nlimit = 3\nit = It(); next(it)",
    "with it as i: y = list(i)",
    show="y",
    travels="it limit",
)
fixture(
    "source of a function",
    "import inspect\ndef f(x):\n    # why\n    return x",
    "y = inspect.getsource(f)",
    show="y",
    travels="inspect f",
)
fixture(
    "pickled inside the cell",
    "import pickle\nclass A: pass\ndef f(): return 1\na = A()",
    "y = type(pickle.loads(pickle.dumps(a))) is A, pickle.loads(pickle.dumps(f)) is f",
    show="y",
)
fixture("the module itself", "import __main__\nv = 1", "__main__.w = 2\ny = w", show="y")
fixture("history and all outputs", "1 + 1", "len(Out), In[1]", "y = Out[1], len(Out), In[1]", show="y")
fixture(
    "text of a query by name",
    "k = 3",
    "class Con:\n    def sql(self, text): return text\nframe = [1]",
    "y = Con().sql('select * from frame where a > 2')",
    show="y, frame",
    travels="Con frame",
)
fixture(
    "annotated values and literals",
    "from typing import Annotated, Literal, Union, Any\nMode = Literal['r', 'w']\nPos = Annotated[int, 'positive']\nU = Union[int, None] | str",
    "def f(m: Mode, p: Pos = 1, u: U = None): return m\ny = f('r'), Mode.__args__, Pos.__metadata__, U",
    show="y",
    travels="Mode Pos U",
)
fixture(
    "pydantic model",
    "from pydantic import BaseModel, field_validator\nclass M(BaseModel):\n    a: int\n    b: list[str] = []\n    @field_validator('a')\n    @classmethod\n    def pos(cls, v):\n        if v < low: raise ValueError('low')\n        return v\nlow = 0\nm = M(a=1)",
    "y = M(a='3').a, m.model_dump(), M.model_fields.keys()\ntry: M(a=-1)\nexcept ValueError as e: z = 'low' in str(e)",
    show="y, z",
)
fixture(
    "mock and simple namespace",
    "from types import SimpleNamespace, MappingProxyType\nns = SimpleNamespace(a=1, f=lambda x: x + k)\nk = 2\nmp = MappingProxyType({'a': 1})",
    "y = ns.f(1), mp['a']",
    show="y",
)
fixture(
    "string of a format",
    "data = {'a': 1}\ntext = '{a}'",
    "y = text.format(**data), '%(a)s' % data, f'{data[\"a\"]=}'",
    show="y",
    travels="text data",
)
fixture(
    "sets of conditions",
    "a, b, c = 1, None, [3]",
    "y = a and b or c\nz = c if b else a\nassert y, a",
    show="y, z",
    travels="a b c",
)
fixture("generator that is left for later", "n = 3", "g = (i * n for i in range(2))\nn = 5\ny = list(g)", show="y")
fixture(
    "loops within loops",
    "grid = [[1, 2], [3]]\nrow = cell = None",
    "out = []\nfor row in grid:\n    for cell in row:\n        out.append(cell)\n    else:\n        continue\nwhile out:\n    last = out.pop()\n    if last == 2: break",
    show="last, row, cell",
    travels="grid",
)
fixture(
    "groups of exceptions",
    "class E(Exception): pass",
    "try:\n    raise ExceptionGroup('g', [E('a'), ValueError('b')])\nexcept* E as eg: y = [str(e) for e in eg.exceptions]\nexcept* ValueError as eg: z = 1",
    show="y, z",
    travels="E",
)
fixture("extension that the cell uses", "%load_ext autoreload", "%autoreload 0\ny = 1", show="y")
fixture(
    "comparison of functions by identity",
    "def f(): pass\nhandlers = {'f': f}\nalias = f",
    "y = handlers['f'] is f, alias is f",
    show="y",
)
fixture(
    "scikit-learn",
    "import numpy as np\nfrom sklearn.linear_model import LinearRegression\nX = np.arange(6.).reshape(3, 2)\nmodel = LinearRegression().fit(X, [1, 2, 3])",
    "p = model.predict(X).round(3).tolist()",
    show="p",
    travels="model X",
)
fixture(
    "figure",
    "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])",
    "ax.set_title('t')\ny = len(ax.lines), ax.figure is fig",
    show="y",
)
fixture(
    "class attribute that is a function of the notebook",
    "def plus(self, x): return x + k\nk = 1\nclass A: pass\nA.plus = plus\nA.twice = lambda self, x: plus(self, x) * 2",
    "y = A().plus(1), A().twice(1)",
    show="y",
)
fixture(
    "recursion in a closure",
    "def make():\n    def fact(n): return 1 if n < 2 else n * fact(n - 1)\n    return fact\nfact = make()",
    "y = fact(5)",
    show="y",
    travels="fact",
)
fixture(
    "empty closure cell",
    "def make():\n    def late(): return other\n    if False: other = 1\n    return late\nlate = make()",
    "try: late()\nexcept NameError: y = 'unbound'",
    show="y",
    travels="late",
)
fixture(
    "keyword-only and positional-only",
    "def f(a, /, b, *args, c=3, **kw): return a, b, args, c, kw",
    "y = f(1, 2, 3, d=4), f.__kwdefaults__",
    show="y",
    travels="f",
)
fixture(
    "hook of classes that asks for arguments",
    "class Base:\n    subs = []\n    def __init_subclass__(cls, *, tag):\n        cls.tag = tag\n        Base.subs.append(tag)\nclass One(Base, tag='a'): pass\nones = [One()]",
    "class Two(Base, tag='b'): pass\ny = Base.subs, ones[0].tag, Two.tag, [c.__name__ for c in Base.__subclasses__()]",
    show="y",
)
fixture(
    "metaclass with a registry and arguments",
    "from abc import ABCMeta\nmade = []\nclass Meta(type):\n    def __new__(m, name, bases, ns, *, kind='x', **kw):\n        ns['kind'] = kind\n        return super().__new__(m, name, bases, ns)\n    def __init__(cls, name, bases, ns, **kw):\n        super().__init__(name, bases, ns)\n        made.append(name)\nclass Strict(ABCMeta):\n    def __new__(m, n, b, ns, *, must): return super().__new__(m, n, b, ns)\n    def __init__(cls, n, b, ns, *, must): super().__init__(n, b, ns)\nclass A(metaclass=Meta, kind='k'): pass\nclass S(metaclass=Strict, must=1): pass",
    "class B(A): pass\ny = made, A.kind, B.kind, isinstance(1, S), type(S) is Strict",
    show="y",
)
fixture(
    "enum with aliases and a constructor",
    "from enum import Enum, IntFlag\nclass C(Enum):\n    RED = 1\n    ROT = 1\nclass L(Enum):\n    def __new__(cls, v, label):\n        o = object.__new__(cls)\n        o._value_ = v\n        o.label = label\n        return o\n    A = (1, 'one')\nclass P(IntFlag):\n    R = 4\n    W = 2\n    RW = 6",
    "y = C.ROT is C.RED, L.A.label, L(1), P.RW == P.R | P.W, C.__members__.keys()",
    show="y",
)
