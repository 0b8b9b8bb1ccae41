# With `tls: internal`, the names by which services ask each other are certified by the platform's own authority. It
# counts beside those that the image trusts: programs in Python take one list, of the file that such a variable
# names, so both are put into one, for this process and those that it starts. Settings do that, and not a container
# before each of so many pods: whatever asks here is Django.
_root = os.environ.get("OPENEDX_AUTHORITY", "").encode()
if _root:
    import tempfile

    import certifi

    for _variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"]:
        with open(os.environ.get(_variable) or certifi.where(), "rb") as _file:
            _list = _file.read()
        if _root not in _list:
            # Whole at once: other processes of the pod read and write it too.
            with tempfile.NamedTemporaryFile(delete=False) as _file:
                _file.write(_list + b"\n" + _root)
            os.environ[_variable] = os.path.join(tempfile.gettempdir(), _variable.lower() + ".pem")
            os.replace(_file.name, os.environ[_variable])
