account() {
  password=$(printf '%s' "$2" | sed -e 's/\\/\\\\/g' -e "s/'/''/g")
  printf 'CREATE DATABASE IF NOT EXISTS %s;\n' "$1" | root
  # This fails for an account that has made views (MySQL bug 107139), and then the next statement tells.
  printf "CREATE USER IF NOT EXISTS '%s'@'%%';\n" "$1" | root || true
  {
    printf "ALTER USER '%s'@'%%' IDENTIFIED BY '%s';\n" "$1" "$password"
    printf "GRANT ALL ON %s.* TO '%s'@'%%';\n" "$1" "$1"
  } | root
}
