package org.almoner.architecture.planted.alone.protocol;

public final class Lawful {
  Object library = org.bouncycastle.math.ec.rfc8032.Ed25519.class;
}
