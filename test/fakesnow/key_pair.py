"""Key-pair logins, as far as a signature and its claims go."""
import base64
import hashlib

import jwt
from cryptography.hazmat.primitives import serialization


class KeyPair:
    def __init__(self, public_key_file):
        with open(public_key_file, "rb") as file:
            self._key = serialization.load_pem_public_key(file.read())
        der = self._key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self._fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(der).digest()).decode()

    def admits(self, login):
        """Whether `data` of a login holds a token of this key, for the user and the account that it names."""
        try:
            # The Node driver writes times in milliseconds.
            options = {"verify_iat": False, "verify_exp": False}
            claims = jwt.decode(login.get("TOKEN") or "", self._key, algorithms=["RS256"], options=options)
        except jwt.InvalidTokenError:
            return False
        subject = f"{login['ACCOUNT_NAME']}.{login['LOGIN_NAME']}".upper()
        return claims.get("sub") == subject and claims.get("iss") == f"{subject}.{self._fingerprint}"
