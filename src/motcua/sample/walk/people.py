"""Who walks: how citizens and officers of a sample province sign in, and what the simulators' pages tell of them."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from motcua.sample.walk.browser import Browser, Lost, Page

PATIENCE = 40.0


class World:
    """The running system and its simulators, by address."""

    def __init__(self, url: str, sandbox: str) -> None:
        self.url, self.sandbox = url.rstrip("/"), sandbox.rstrip("/")
        self.officers: dict[str, Browser] = {}
        self.used_codes: set[tuple[str, str]] = set()

    def simulator(self, words: str) -> str:
        """Return a simulator's address by its name on their common page."""
        return Browser(self.sandbox).get("/").link(words=words)

    def citizen(self, name: str, onward: str) -> tuple[Browser, Page]:
        """Sign a citizen in through the national portal's identity provider; returns the page they wanted."""
        browser = Browser(self.url)
        ways = browser.get(f"/dang-nhap/?{urlencode({'next': onward})}")
        choosing = browser.get(ways.link(words="Cổng Dịch vụ công quốc gia"))
        for button in choosing.tree.xpath("//button[@name='sub']"):
            if name in button.text_content():
                return browser, choosing.form(field="sub").send(sub=button.get("value"))
        raise Lost(f"{name} has no account at {choosing.url}")

    def officer(self, username: str, position: str = "") -> Browser:
        """Return the officer's browser, signed in with password and code, in the position named."""
        if username not in self.officers:
            self.officers[username] = self._sign_in(username)
        browser = self.officers[username]
        if position:
            chosen = browser.get("/can-bo/chuc-danh/")
            for form in chosen.tree.xpath("//main//form"):
                button = form.xpath(".//button")
                if button and position in form.text_content():
                    token = form.xpath(".//input[@name='csrfmiddlewaretoken']/@value")
                    browser.post(
                        "/can-bo/chuc-danh/",
                        {"csrfmiddlewaretoken": token, "position": [button[0].get("value")], "next": ["/can-bo/"]},
                    )
                    return browser
        return browser

    def pin(self, holder: str) -> str:
        """Return the PIN of a holder's key, as the simulated signing service shows it."""
        page = Browser(self.simulator("ký số")).get("/")
        heads = [cell.text_content().strip() for cell in page.tree.xpath("//table[1]//th")]
        column = next(at for at, head in enumerate(heads) if "PIN" in head)
        for row in page.tree.xpath("//tr[td]"):
            cells = [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
            if any(holder == cell or cell.startswith(holder) for cell in cells):
                return cells[column].split()[0]
        raise Lost(f"the signing service has no key of {holder}")

    def _sign_in(self, username: str) -> Browser:
        browser = Browser(self.url)
        account = self._account(username)
        page = browser.get("/can-bo/dang-nhap/").form(field="password").fill(
            {"username": username, "password": account["password"]}
        ).send()  # fmt: skip
        until = time.monotonic() + PATIENCE
        while True:
            code = self._account(username)["code"]
            try:
                page.form(field="code").fill({"code": code}).send()
                return browser
            except Lost:
                # A code is good once: after a walk a moment ago, wait for the next.
                if time.monotonic() > until:
                    raise
                time.sleep(2.0)

    def _account(self, username: str) -> dict[str, str]:
        answer = Browser(self.sandbox).http.get("/officers", params={"format": "json"})
        for one in answer.json():
            if one["username"] == username:
                found: dict[str, str] = one
                return found
        raise Lost(f"no officer {username} at {self.sandbox}")
