# The root password goes by the environment, statements by standard input: a command line can be read on
# the node.
export MYSQL_PWD=$MYSQL_ROOT_PASSWORD
tls=${stores.mysql.tls}
root() {
  # Words that are there with TLS alone.
  if [ "$tls" = true ]; then
    set -- --ssl-mode=VERIFY_IDENTITY --ssl-ca="${stores.mysql.authorityFile}"
  fi
  mysql --host=${stores.mysql.host} --port=${stores.mysql.port} --user="${stores.mysql.user}" "$@"
}
