"""The command line: options, progress, exit status; no logic.

Heavy libraries are imported by the command that needs them.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from stemma.errors import StemmaError

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stemma")
def cli() -> None:
    r"""Find out where a text came from: shared passages, families of copies, and what is known of who came first.

    Start with `stemma demo`, or trace pages of your own:

    \b
      stemma trace crawl.warc.gz saved-pages/ articles.jsonl --case mycase
      stemma show mycase
      stemma report mycase -o report.html
    """


@cli.command()
@click.argument("folder", default="stemma-demo", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
def demo(folder: Path) -> None:
    """Write the bundled demo collection to DIR, trace it, and set what was found beside what is true."""
    from stemma import demo, flow, view

    inputs = demo.write(folder / "collection")
    with _progress(quiet=False) as progress:
        case = flow.trace(inputs, folder / "case", about=demo.ABOUT, progress=progress)
    view.report.write(_tables(case), view.collection(case.manifest), folder / "report.html")
    demo.render(_tables(case), folder, _console())


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--case",
    "case_path",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The case folder: made anew, or added to.",
)
@click.option(
    "--until", default="edges", metavar="STAGE", help="Stop after pages, passages, families or edges.  [edges]"
)
@click.option("--about", metavar="TEXT", help="How the collection was chosen; every screen and report says it.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes and threads to use.  [all cores]")
@click.option("--memory", metavar="SIZE", help="Limit of the SQL engine, e.g. 4GB.")
@click.option(
    "--set", "changes", multiple=True, metavar="STAGE.NAME=VALUE", help="Change a setting; see docs/settings.md."
)
@click.option(
    "--max-rejects", type=click.IntRange(0), metavar="N", help="End with status 1 if more records are rejected."
)
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def trace(inputs: tuple[str, ...], case_path: Path, max_rejects: int | None, *, quiet: bool, **options: Any) -> None:
    """Read INPUTs and find what their pages share. A second call adds to the case.

    INPUT is a file or a folder: HTML, WARC, JSONL, CSV, TSV, Parquet or text, also .gz or .zst; - is JSONL from
    standard input.
    """
    from stemma import flow
    from stemma.errors import TooManyRejects

    with _progress(quiet=quiet) as progress:
        case = flow.trace(inputs, case_path, progress=progress, **options)
    if not quiet:
        from stemma import view

        view.terminal.traced(_tables(case), view.collection(case.manifest), _console(stderr=True), case_path)
    rejected = case.table("rejects").num_rows
    if max_rejects is not None and rejected > max_rejects:
        raise TooManyRejects(
            f"{rejected:,} records were rejected, more than {max_rejects:,}.",
            f"Look at them: stemma export {case_path} rejects",
        )


@cli.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("what", nargs=-1, metavar="[FAMILY | PAGE | PAGE PAGE]")
def show(case_path: Path, what: tuple[str, ...]) -> None:
    """Show what a case holds; one family, one page, or two pages side by side.

    Name a page by its id, its URL or its own name in the input; the first characters of an id will do.
    """
    from stemma import view

    with _case(case_path) as case, _paged() as console:
        view.terminal.show(_tables(case), view.collection(case.manifest), console, what)


@cli.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="The file to write.",
)
def report(case_path: Path, out: Path) -> None:
    """Write the findings as one HTML page that needs no network."""
    from stemma import view

    with _case(case_path) as case:
        view.report.write(_tables(case), view.collection(case.manifest), out)
    click.echo(f"wrote {out}", err=True)


@cli.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("table", metavar="TABLE")
@click.option(
    "--format", "format_name", metavar="FORMAT", help="jsonl, csv or parquet.  [by FILE's ending, else jsonl]"
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.  [standard output]",
)
def export(case_path: Path, table: str, format_name: str | None, out: Path | None) -> None:
    """Write a TABLE of the case: pages, sightings, links, rejects, inputs, passages, furniture, families, edges."""
    from stemma.durable import aside, explained
    from stemma.export import FORMATS, export

    ending = out.suffix.lstrip(".") if out else ""
    chosen = format_name or (ending if ending in FORMATS else "jsonl")
    with _case(case_path) as case:
        if out is None:
            export(case, table, chosen, sys.stdout.buffer)
            return
        with explained(out), aside(out) as beside, beside.open("wb") as file:
            export(case, table, chosen, file)


@cli.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
def verify(case_path: Path) -> None:
    """Check every part of a case against its manifest."""
    from stemma.errors import CaseDamaged

    with _case(case_path) as case:
        faults = case.verify()
        parts = [part for held in case.manifest.tables.values() for part in held]
    if faults:
        raise CaseDamaged(
            "\n".join([f"{case_path} is damaged:", *faults]),
            "Trace its inputs into a new case, or restore the parts from a copy.",
        )
    rows, size = sum(part.rows for part in parts), sum(part.bytes for part in parts)
    click.echo(f"{case_path} is sound: {len(parts)} parts, {rows:,} rows, {size:,} bytes.")


def _case(path: Path) -> Any:
    from stemma.store import Case

    return Case(path)


def _tables(case: Any) -> Any:
    from stemma.tables import CASE_TABLES

    return {name: case.table(name) for name in CASE_TABLES}


def _console(*, stderr: bool = False) -> Any:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


@contextmanager
def _paged() -> Iterator[Any]:
    """Yield a console; on a terminal its output goes through the pager."""
    console = _console()
    if console.is_terminal and os.environ.get("PAGER"):
        with console.pager(styles=True):
            yield console
    else:
        yield console


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Any]:
    from stemma.progress import reporter

    with reporter(quiet=quiet) as progress:
        yield progress


def main() -> None:
    """Run the command line; explain faults in words and give each its exit status."""
    try:
        status = cli.main(prog_name="stemma", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as fault:
        status = fault.exit_code
    except click.ClickException as fault:
        fault.show()
        status = fault.exit_code
    except StemmaError as fault:
        click.echo(f"stemma: {fault.message}", err=True)
        if fault.cure:
            click.echo(fault.cure, err=True)
        status = fault.status
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "\nstemma: interrupted. What was acknowledged is kept; the same command goes on from there.", err=True
        )
        status = INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
