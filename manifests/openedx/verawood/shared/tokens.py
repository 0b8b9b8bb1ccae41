_public = load_der_public_key(b64decode(os.environ["JWT_PUBLIC_KEY"])).public_numbers()

def _number(value):
    return urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()

JWT_AUTH["JWT_ISSUER"] = _lms + "/oauth2"
JWT_AUTH["JWT_AUDIENCE"] = "openedx"
JWT_AUTH["JWT_SECRET_KEY"] = os.environ["OPENEDX_SECRET_KEY"]
JWT_AUTH["JWT_PUBLIC_SIGNING_JWK_SET"] = json.dumps(
    {"keys": [{"kid": "openedx", "kty": "RSA", "e": _number(_public.e), "n": _number(_public.n)}]}
)
JWT_AUTH["JWT_ISSUERS"] = [
    {
        "ISSUER": JWT_AUTH["JWT_ISSUER"],
        "AUDIENCE": JWT_AUTH["JWT_AUDIENCE"],
        "SECRET_KEY": JWT_AUTH["JWT_SECRET_KEY"],
    }
]
EDX_DRF_EXTENSIONS = {"OAUTH2_USER_INFO_URL": _lms + "/oauth2/user_info"}
