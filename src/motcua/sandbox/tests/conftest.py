from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.sandbox.tests.world import Product, Sandbox, free_base_port, start


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    stand_in = Product()
    yield stand_in
    stand_in.stop()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory, product: Product) -> Iterator[Sandbox]:
    found = start(tmp_path_factory.mktemp("sandbox"), free_base_port(), product.url)
    yield found
    found.stop()
    for stream in (found.process.stdout, found.process.stderr):
        if stream:
            stream.close()
