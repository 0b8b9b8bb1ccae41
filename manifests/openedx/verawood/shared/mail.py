EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
EMAIL_USE_TLS = "${stores.smtp.tls}" == "starttls"
EMAIL_USE_SSL = "${stores.smtp.tls}" == "implicit"
if "${stores.smtp.authorityFile}":
    # Django has no setting for the authority of a mail server.
    from django.core.mail.backends.smtp import EmailBackend

    class OutsideMail(EmailBackend):
        @property
        def ssl_context(self):
            return ssl.create_default_context(cafile="${stores.smtp.authorityFile}")

    EMAIL_BACKEND = __name__ + ".OutsideMail"
