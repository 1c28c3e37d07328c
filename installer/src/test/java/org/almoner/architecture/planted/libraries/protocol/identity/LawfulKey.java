package org.almoner.architecture.planted.libraries.protocol.identity;

public final class LawfulKey {
  Object library = org.bouncycastle.math.ec.rfc8032.Ed25519.class;
}
