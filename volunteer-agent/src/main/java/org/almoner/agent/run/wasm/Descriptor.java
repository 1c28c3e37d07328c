package org.almoner.agent.run.wasm;

/** What a number of the guest's descriptor table stands for. */
abstract sealed class Descriptor {
  /** File types of WASI preview 1. */
  static final int TYPE_CHARACTER_DEVICE = 2;

  static final int TYPE_DIRECTORY = 3;
  static final int TYPE_REGULAR_FILE = 4;

  /** The rights a descriptor has, and those that what is opened through it can have. */
  long rights;

  long inheriting;
  int flags;

  private Descriptor(long rights, long inheriting, int flags) {
    this.rights = rights;
    this.inheriting = inheriting;
    this.flags = flags;
  }

  abstract int type();

  /** Standard input, output or error: always a character device, wherever the agent runs. */
  static final class Console extends Descriptor {
    Console() {
      super(Rights.FD_READ | Rights.FD_WRITE, 0, 0);
    }

    @Override
    int type() {
      return TYPE_CHARACTER_DEVICE;
    }
  }

  static final class Directory extends Descriptor {
    final GuestDirectory node;

    /** Path under which the guest was given it, empty for one it opened itself. */
    final String preopen;

    Directory(GuestDirectory node, String preopen, long rights, long inheriting) {
      super(rights, inheriting, 0);
      this.node = node;
      this.preopen = preopen;
    }

    @Override
    int type() {
      return TYPE_DIRECTORY;
    }
  }

  static final class Regular extends Descriptor {
    final GuestFile node;
    long position;

    Regular(GuestFile node, long rights, long inheriting, int flags) {
      super(rights, inheriting, flags);
      this.node = node;
    }

    @Override
    int type() {
      return TYPE_REGULAR_FILE;
    }
  }
}
