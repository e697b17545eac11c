"""Every command and the file that holds it. A new command is one file in commands/ and one line below.

Only the module of the command that is asked for is loaded; help loads them all.
"""

from collections.abc import Mapping
from types import MappingProxyType

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "claim": "salesrepo.cli.commands.claim",
        "amend": "salesrepo.cli.commands.amend",
        "extend": "salesrepo.cli.commands.extend",
        "release": "salesrepo.cli.commands.release",
        "transfer": "salesrepo.cli.commands.transfer",
        "refer": "salesrepo.cli.commands.refer",
        "dispute": "salesrepo.cli.commands.dispute",
        "why": "salesrepo.cli.commands.why",
        "log": "salesrepo.cli.commands.log",
        "quote": "salesrepo.cli.commands.quote",
        "stage": "salesrepo.cli.commands.stage",
        "qualify": "salesrepo.cli.commands.qualify",
        "win": "salesrepo.cli.commands.win",
        "lose": "salesrepo.cli.commands.lose",
        "cancel": "salesrepo.cli.commands.cancel",
        "submit": "salesrepo.cli.commands.submit",
        "status": "salesrepo.cli.commands.status",
        "hygiene": "salesrepo.cli.commands.hygiene",
        "sync": "salesrepo.cli.commands.sync",
        "show": "salesrepo.cli.commands.show",
        "undo": "salesrepo.cli.commands.undo",
        "pay": "salesrepo.cli.commands.pay",
        "join": "salesrepo.cli.commands.join",
        "init": "salesrepo.cli.commands.init",
        "node": "salesrepo.cli.commands.node",
        "confirm": "salesrepo.cli.commands.confirm",
        "check": "salesrepo.cli.commands.check",
        "explain": "salesrepo.cli.commands.explain",
        "territory": "salesrepo.cli.commands.territory",
        "review": "salesrepo.cli.commands.review",
        "brand": "salesrepo.cli.commands.brand",
        "commission": "salesrepo.cli.commands.commission",
        "payment": "salesrepo.cli.commands.payment",
        "fx": "salesrepo.cli.commands.fx",
        "quota": "salesrepo.cli.commands.quota",
        "metric": "salesrepo.cli.commands.metric",
        "import": "salesrepo.cli.commands.import_",
        "ci": "salesrepo.cli.commands.ci",
        "demo": "salesrepo.cli.commands.demo",
        "doctor": "salesrepo.cli.commands.doctor",
        "forge": "salesrepo.cli.commands.forge",
    }
)
