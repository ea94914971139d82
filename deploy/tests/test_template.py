"""What cfn-lint can't know of the template: that memory adds up, that a lease fits a stop, that users agree."""

import re

import pytest
import yaml
from conftest import DEPLOY, ROOT, Template

BOX = 1536
"""MiB that a box of 2 GiB gives its tasks: the rest is the kernel's, the agent's and the page cache's."""

GROUPS = {"redis": ["RedisTask"], "workers": ["WorkerTask", "WorkerTask"], "helpers": ["SinkTask", "MonitorTask", "LoadTask"]}
"""What runs on one box at most."""


@pytest.mark.parametrize("group", GROUPS)
def test_the_tasks_of_a_box_fit_its_memory(group: str, template: Template) -> None:
    assert sum(template.container(task)["Memory"] for task in GROUPS[group]) <= BOX


def test_redis_has_room_for_a_rewrite(template: Template) -> None:
    limit = re.search(r"maxmemory (\d+)mb", template.command("RedisTask")[2])
    assert limit, "Redis has no maxmemory"
    assert int(limit[1]) <= template.container("RedisTask")["Memory"] * 2 / 3


def test_redis_keeps_what_it_has(template: Template) -> None:
    settings = template.command("RedisTask")[2].splitlines()
    assert {"appendonly yes", "maxmemory-policy noeviction", "appendfsync everysec"} <= set(settings)


@pytest.mark.parametrize("task", ["RedisTask", "SinkTask", "WorkerTask", "MonitorTask", "LoadTask"])
def test_a_stop_may_take_longer_than_a_lease(task: str, template: Template) -> None:
    lease = re.fullmatch(r"(\d+)s", template.values["Lease"])
    assert lease
    assert template.container(task)["StopTimeout"] > int(lease[1])


@pytest.mark.parametrize("service", ["RedisService", "SinkService"])
def test_no_file_has_two_writers(service: str, template: Template) -> None:
    properties = template.properties(service)
    assert properties["DesiredCount"] == 1
    assert properties["DeploymentConfiguration"]["MaximumPercent"] == 100


def test_folders_belong_to_the_image_user(template: Template) -> None:
    image = re.search(r"^USER (\d+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    script = template.properties("LaunchTemplate")["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"]
    assert image
    assert f"--owner={image[1]} --group={image[1]}" in script


def test_prices_are_those_of_the_catalogue(template: Template) -> None:
    catalogue = yaml.safe_load((ROOT / "Sources/InstanceLimits/Catalogue/catalogue.yaml").read_text())
    prices = {kind["name"]: kind["usd_per_hour"] for entry in catalogue for kind in entry["types"]}
    rows = re.findall(r"^\| `(\S+)` \| (\S+) \| (\S+) \|$", (DEPLOY / "README.md").read_text(), re.MULTILINE)
    assert [name for name, _, _ in rows] == template.content["Parameters"]["InstanceType"]["AllowedValues"]
    assert {name: (float(one), float(three)) for name, one, three in rows} == {
        name: (prices[name], pytest.approx(3 * prices[name])) for name, _, _ in rows
    }
