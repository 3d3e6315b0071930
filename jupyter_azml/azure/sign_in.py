"""Who we are to Azure. azure-identity is imported when the first token is asked for: it takes a quarter of a second."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from azure.core.credentials import AccessToken, AccessTokenInfo

if TYPE_CHECKING:
    from azure.identity import DefaultAzureCredential


class DefaultSignIn:
    """azure-identity's DefaultAzureCredential: variables, managed identity, `az login`, and what else it knows."""

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        return self._credential.get_token(*scopes, **options)

    def get_token_info(self, *scopes: str, options: Any = None) -> AccessTokenInfo:
        return self._credential.get_token_info(*scopes, options=options)

    @cached_property
    def _credential(self) -> "DefaultAzureCredential":
        from azure.identity import DefaultAzureCredential

        return DefaultAzureCredential(process_timeout=15)
