#include <libssh/libssh.h>
#include <libssh/callbacks.h>
#include <libssh/server.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <time.h>

/* GNU's own, and so hidden in Swift's Glibc module. */
int pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *until);
