"""`./toiya messages`: the translation files follow the sources."""

import argparse

from toiya.cli.messages import catalogs, extraction
from toiya.cli.messages.problems import untranslated


def run(arguments: list[str]) -> int:
    """Write locale/*/LC_MESSAGES/django.po anew from the sources; translations of unchanged texts stay."""
    parser = argparse.ArgumentParser(prog="./toiya messages", description="Bring the translation files up to date.")
    parser.parse_args(arguments)
    messages = extraction.extract()
    for language in catalogs.LANGUAGES:
        catalog = catalogs.renewed(language, messages)
        catalogs.write(language, catalog)
        missing = len(untranslated(catalog, messages))
        print(f"{catalogs.path_of(language)}: {len(messages)} texts, {missing} to translate")
    return 0
