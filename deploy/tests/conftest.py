"""What the tests share: the deployment's files, read, and the program that they start."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load

DEPLOY = Path(__file__).resolve().parent.parent
ROOT = DEPLOY.parent


class Template:
    """The CloudFormation template, with its parameters' defaults in their places."""

    def __init__(self, path: Path) -> None:
        """Reads it."""
        self.content: dict[str, Any] = load(str(path))
        self.values = {
            name: str(parameter["Default"]) for name, parameter in self.content["Parameters"].items() if "Default" in parameter
        }

    def properties(self, resource: str) -> dict[str, Any]:
        """What is said of a resource."""
        return self.content["Resources"][resource]["Properties"]

    def container(self, task: str) -> dict[str, Any]:
        """The container of a task definition."""
        (only,) = self.properties(task)["ContainerDefinitions"]
        return only

    def command(self, task: str) -> list[str]:
        """What a task's container runs."""
        return [self.text(argument) for argument in self.container(task)["Command"]]

    def text(self, value: str | int | dict[str, str]) -> str:
        """A value as a stack named `stack` has it."""
        match value:
            case {"Ref": name}:
                return self.values[name]
            case {"Fn::Sub": text}:
                return re.sub(r"\$\{([^}]+)\}", lambda match: {**self.values, "AWS::StackName": "stack"}[match[1]], text)
        return str(value)


@pytest.fixture(scope="session")
def template() -> Template:
    """The template for ECS."""
    return Template(DEPLOY / "ecs-t2-small.yaml")


@pytest.fixture(scope="session")
def fibq() -> str:
    """The program's path."""
    return os.environ.get("FIBQ", str(ROOT / ".build" / "release" / "fibq"))
