def _redis(place, database, user, password, tls, authority):
    login = quote(user, safe="") + ":" + quote(password, safe="") if password else ""
    address = f"{login}@{place}/{database}"
    if tls != "true":
        return "redis://" + address
    trust = {"ssl_cert_reqs": "required", "ssl_check_hostname": "true"}
    return f"rediss://{address}?" + urlencode({**trust, **({"ssl_ca_certs": authority} if authority else {})})
