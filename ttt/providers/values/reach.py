"""Whether an outside service answers at all."""

import requests


def trouble(url: str, timeout: float) -> str | None:
    """What is wrong with a service, as the rest of a sentence; None when it answers."""
    try:
        response = requests.get(url, timeout=timeout, allow_redirects=False, stream=True)
    except requests.Timeout:
        return f"does not answer within {timeout:g} seconds"
    except requests.RequestException:
        return "cannot be reached"
    response.close()
    if response.status_code >= 500:
        return f"answers with an error of its own ({response.status_code})"
    return None
