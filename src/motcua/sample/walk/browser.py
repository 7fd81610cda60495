"""A browser without scripts: pages, links, forms; each visitor has cookies of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import httpx
from lxml import html


class Lost(Exception):
    """A page is not what the walk expected; says where and what stood there."""


class Page:
    """One answer, parsed."""

    def __init__(self, browser: Browser, response: httpx.Response) -> None:
        self.browser, self.response = browser, response
        self.url = str(response.url)
        is_page = "html" in response.headers.get("content-type", "")
        self.tree: Any = html.fromstring(response.content) if is_page and response.content else None

    @property
    def text(self) -> str:
        """What a person reads in the main part."""
        if self.tree is None:
            return ""
        main = self.tree.xpath("//main")
        return " ".join((main[0] if main else self.tree).text_content().split())

    @property
    def heading(self) -> str:
        found = self.tree.xpath("//h1") if self.tree is not None else []
        return " ".join(found[0].text_content().split()) if found else ""

    def link(self, *, words: str = "", address: str = "") -> str:
        """Return the address of the first link with these words, or with this in its address. Raises Lost."""
        for one in self.links(words=words, address=address):
            return one
        raise Lost(f"no link {words or address!r} on {self.url}: {self.text[:400]}")

    def links(self, *, words: str = "", address: str = "") -> list[str]:
        """Return every such address, absolute."""
        if self.tree is None:
            return []
        return [
            urljoin(self.url, one.get("href"))
            for one in self.tree.xpath("//a[@href]")
            if words in " ".join(one.text_content().split()) and address in one.get("href")
        ]

    def form(self, *, action: str = "", field: str = "") -> Form:
        """Return the posting form whose action or fields fit. Raises Lost."""
        forms = self.tree.xpath("//main//form") + self.tree.xpath("//form") if self.tree is not None else []
        for one in forms:
            target = one.get("action") or ""
            is_post = (one.get("method") or "get").lower() == "post"
            if is_post and action in target and (not field or one.xpath(f".//*[@name='{field}']")):
                return Form(self, one)
        raise Lost(f"no form {action or field!r} on {self.url}: {self.text[:400]}")


class Form:
    """A form with what stands in it; ``fill`` only touches fields that are there."""

    def __init__(self, page: Page, element: Any) -> None:
        self.page, self.element = page, element
        self.values: dict[str, list[str]] = {}
        for one in element.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            self._read(one)

    def names(self) -> set[str]:
        """Every field, chosen or not."""
        return {one.get("name") for one in self.element.xpath(".//*[@name]")}

    def fill(self, values: Mapping[str, str | list[str]]) -> Form:
        """Answer the fields that the form has; others are passed over."""
        there = self.names()
        for name, value in values.items():
            if name in there:
                self.values[name] = value if isinstance(value, list) else [value]
        return self

    def option(self, name: str, words: str) -> str:
        """Return the value of a choice by what stands beside it. Raises Lost."""
        for one in self.element.xpath(f".//select[@name='{name}']/option"):
            if words in one.text_content():
                return str(one.get("value"))
        for one in self.element.xpath(f".//input[@name='{name}']"):
            label = self.element.xpath(f".//label[@for='{one.get('id')}']")
            if label and words in label[0].text_content():
                return str(one.get("value"))
        raise Lost(f"no choice {words!r} of {name} on {self.page.url}")

    def choices(self, name: str) -> list[str]:
        """Return every value of a choice that is not empty."""
        found = self.element.xpath(f".//select[@name='{name}']/option/@value | .//input[@name='{name}']/@value")
        return [str(one) for one in found if one]

    def send(self, files: Mapping[str, tuple[str, bytes, str]] | None = None, **more: str) -> Page:
        """Post it, with files if any; redirects are followed."""
        target = urljoin(self.page.url, self.element.get("action") or "")
        return self.page.browser.post(target, self.values | {name: [value] for name, value in more.items()}, files)

    def _read(self, one: Any) -> None:
        name, kind = one.get("name"), (one.get("type") or "").lower()
        if one.tag == "select":
            chosen = one.xpath("./option[@selected]/@value")
            if chosen:
                self.values[name] = [str(value) for value in chosen]
        elif one.tag == "textarea":
            self.values[name] = [one.text or ""]
        elif kind in {"radio", "checkbox"}:
            if one.get("checked") is not None:
                self.values.setdefault(name, []).append(one.get("value") or "on")
        elif kind not in {"file", "submit", "button"}:
            self.values.setdefault(name, []).append(one.get("value") or "")


class Browser:
    """One visitor."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, follow_redirects=True, timeout=60.0, trust_env=False)

    def get(self, address: str) -> Page:
        return self._page(self.http.get(address))

    def post(
        self,
        address: str,
        values: Mapping[str, list[str]],
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Page:
        return self._page(self.http.post(address, data=dict(values), files=dict(files) if files else None))

    def file(self, address: str) -> bytes:
        """Download. Raises Lost."""
        answer = self.http.get(address)
        if answer.status_code != httpx.codes.OK:
            raise Lost(f"{answer.status_code} for {address}")
        return answer.content

    def _page(self, answer: httpx.Response) -> Page:
        page = Page(self, answer)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise Lost(f"{answer.status_code} for {answer.url}: {page.text[:600]}")
        return page
