/* Stands between a program and the system (LD_PRELOAD) and counts its calls that change or open files below one folder.
 *   FAULT_FOLDER     that folder, from the root
 *   FAULT_AT         the number of the call that fails, from 1; FAULT_FROM=1 has all later ones fail too
 *   FAULT_ERRNO      what it fails with
 *   FAULT_SNAPSHOTS  a folder into which the watched folder is copied before each rename, as the number of the call: what a
 *                    kill there would leave; and before the first of as many other calls as FAULT_STRIDE says
 *   FAULT_LOG        a file that gets a line for each call
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder, *snapshots, *logfile;
static long stride, at, from, error_number, calls;
static int is_inside;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static long number(const char *name) {
  const char *value = getenv(name);
  return value ? atol(value) : 0;
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_FOLDER");
  snapshots = getenv("FAULT_SNAPSHOTS");
  logfile = getenv("FAULT_LOG");
  stride = number("FAULT_STRIDE");
  at = number("FAULT_AT");
  from = number("FAULT_FROM");
  error_number = number("FAULT_ERRNO");
  unsetenv("LD_PRELOAD");
}

/* Whether `path`, seen from the open folder `place`, is the watched folder or below it; the path from the root in `whole`. */
static int watched(int place, const char *path, char *whole) {
  char link[64], base[PATH_MAX];
  if (!folder) return 0;
  if (path && path[0] == '/') {
    snprintf(whole, 2 * PATH_MAX, "%s", path);
  } else {
    if (place == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", place);
    ssize_t length = readlink(link, base, sizeof base - 1);
    if (length < 0) return 0;
    base[length] = 0;
    snprintf(whole, 2 * PATH_MAX, path && *path ? "%s/%s" : "%s", base, path);
  }
  size_t length = strlen(folder);
  return !strncmp(whole, folder, length) && (whole[length] == '/' || !whole[length]);
}

/* Counts a call; whether it is to fail, with errno set. */
static int fails(const char *name, int place, const char *path) {
  char whole[2 * PATH_MAX], line[4 * PATH_MAX];
  if (is_inside || !watched(place, path, whole)) return 0;
  pthread_mutex_lock(&turn);
  is_inside = 1;
  long call = ++calls;
  if (snapshots && (call % stride == 1 % stride || !strcmp(name, "rename"))) {
    snprintf(line, sizeof line, "[ ! -e '%s' ] || cp -a '%s' '%s/%ld'", folder, folder, snapshots, call);
    if (system(line)) abort();
  }
  if (logfile) {
    FILE *out = fopen(logfile, "a");
    if (!out) abort();
    fprintf(out, "%s %s\n", name, whole);
    fclose(out);
  }
  is_inside = 0;
  pthread_mutex_unlock(&turn);
  if (at && (call == at || (from && call > at))) {
    errno = error_number;
    return 1;
  }
  return 0;
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
    return fails("open", AT_FDCWD, path) ? -1 : real(path, flags, mode); \
  }
#define OPENAT(name) \
  int name(int place, const char *path, int flags, ...) { \
    REAL(int, name, int, const char *, int, ...); \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
    return fails("open", place, path) ? -1 : real(place, path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int rename(const char *a, const char *b) {
  REAL(int, rename, const char *, const char *);
  return fails("rename", AT_FDCWD, b) ? -1 : real(a, b);
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  return fails("mkdir", AT_FDCWD, path) ? -1 : real(path, mode);
}
int unlink(const char *path) {
  REAL(int, unlink, const char *);
  return fails("unlink", AT_FDCWD, path) ? -1 : real(path);
}
int unlinkat(int place, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  return fails("unlink", place, path) ? -1 : real(place, path, flags);
}
int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  return fails("rmdir", AT_FDCWD, path) ? -1 : real(path);
}
int fsync(int file) {
  REAL(int, fsync, int);
  return fails("fsync", file, NULL) ? -1 : real(file);
}
ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  return file > 2 && fails("write", file, NULL) ? -1 : real(file, bytes, length);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  return file > 2 && fails("write", file, NULL) ? -1 : real(file, parts, count);
}
