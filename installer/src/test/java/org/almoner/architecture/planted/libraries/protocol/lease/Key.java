package org.almoner.architecture.planted.libraries.protocol.lease;

public final class Key {
  Object library = org.bouncycastle.math.ec.rfc8032.Ed25519.class;
}
