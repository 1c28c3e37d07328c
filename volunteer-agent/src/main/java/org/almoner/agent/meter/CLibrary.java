package org.almoner.agent.meter;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The calls of the C library that Java has no words for. Their names are the library's. */
interface CLibrary extends Library {
  /** Loaded when first needed. */
  final class Loaded {
    static final CLibrary C = Native.load("c", CLibrary.class);

    private Loaded() {}
  }

  int kill(int pid, int signal) throws LastErrorException;

  int prctl(int option, NativeLong a, NativeLong b, NativeLong c, NativeLong d)
      throws LastErrorException;

  int wait4(int pid, Pointer status, int options, Pointer usage) throws LastErrorException;
}
