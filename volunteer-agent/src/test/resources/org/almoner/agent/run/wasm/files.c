/* Does to files what programs do, through a real C library, and writes what came of it to /out/report. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *report;

static void say(const char *what, long result) {
  fprintf(report, "%s %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}

static void put(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  if (f == NULL) {
    say(path, -1);
    return;
  }
  fputs(text, f);
  fclose(f);
}

static void list(const char *path) {
  DIR *d = opendir(path);
  if (d == NULL) {
    say(path, -1);
    return;
  }
  for (struct dirent *e; (e = readdir(d)) != NULL;) {
    fprintf(report, "%s has %s %d\n", path, e->d_name, (int)e->d_type);
  }
  closedir(d);
}

static void normal(void) {
  char buffer[100];
  struct stat st;
  FILE *in = fopen("/in/text", "r");
  if (in != NULL) {
    fprintf(report, "input %s", fgets(buffer, sizeof buffer, in) ? buffer : "nothing\n");
    fclose(in);
  }
  in = fopen("/in/deep/er", "r");
  say("deep input", in == NULL ? -1 : fgetc(in));
  say("mkdir", mkdir("/out/dir", 0755));
  say("mkdir again", mkdir("/out/dir", 0755));
  put("/out/dir/b", "bee");
  put("/out/dir/a", "ay");
  say("mkdir sub", mkdir("/out/dir/sub/", 0755));
  put("/out/dir/sub/c", "sea");
  list("/out/dir");
  say("rename", rename("/out/dir", "/out/renamed"));
  say("into itself", rename("/out/renamed", "/out/renamed/sub/x"));
  say("over", rename("/out/renamed/a", "/out/renamed/b"));
  list("/out/renamed");
  say("stat", stat("/out/renamed/sub/c", &st));
  fprintf(report, "size %ld mtime %ld links %ld\n", (long)st.st_size, (long)st.st_mtime, (long)st.st_nlink);
  int fd = open("/out/sparse", O_RDWR | O_CREAT, 0644);
  say("seek", lseek(fd, 1000, SEEK_SET));
  say("write", write(fd, "x", 1));
  say("pread", pread(fd, buffer, 4, 998));
  fprintf(report, "sparse %d %d %d\n", buffer[0], buffer[1], buffer[2]);
  say("truncate", ftruncate(fd, 10));
  say("end", lseek(fd, 0, SEEK_END));
  say("extend", ftruncate(fd, 20));
  say("unlink open", unlink("/out/sparse"));
  say("read unlinked", pread(fd, buffer, 100, 0));
  say("close", close(fd));
  say("gone", access("/out/sparse", F_OK));
  fd = open("/out/log", O_WRONLY | O_CREAT | O_APPEND, 0644);
  write(fd, "one ", 4);
  lseek(fd, 0, SEEK_SET);
  write(fd, "two\n", 4);
  close(fd);
  say("rmdir full", rmdir("/out/renamed"));
  say("unlink dir", unlink("/out/renamed"));
  mkdir("/out/empty", 0755);
  say("exclusive", open("/out/log", O_WRONLY | O_CREAT | O_EXCL, 0644));
}

static void escapes(void) {
  put("/in/new", "no");
  put("/in/text", "no");
  say("unlink input", unlink("/in/text"));
  say("up", open("/out/../../etc/passwd", O_RDONLY));
  say("up and in", open("/out/../in/text", O_RDONLY));
  say("absolute", open("/etc/passwd", O_RDONLY));
  say("root", open("/", O_RDONLY));
  say("symlink", symlink("/etc/passwd", "/out/link"));
  say("link", link("/out/log", "/out/other"));
  put("/out/a:b", "no");
  put("/out/back\\slash", "no");
  char name[300] = "/out/";
  memset(name + 5, 'n', 250);
  put(name, "no");
}

int main(int argc, char **argv) {
  report = fopen("/out/report", "w");
  for (int i = 0; i < argc; i++) {
    fprintf(report, "arg %s\n", argv[i]);
  }
  fprintf(report, "home %s tty %d\n", getenv("HOME") ? getenv("HOME") : "none", isatty(1));
  normal();
  escapes();
  fclose(report);
  return 0;
}
