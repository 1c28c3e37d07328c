/* Writes until the disk is full; the exit code is the error number, and what was written stays. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int main(void) {
  static char block[10000];
  int fd = open("/out/big", O_WRONLY | O_CREAT, 0644);
  for (;;) {
    ssize_t n = write(fd, block, sizeof block);
    if (n < 0) {
      return errno;
    }
  }
}
