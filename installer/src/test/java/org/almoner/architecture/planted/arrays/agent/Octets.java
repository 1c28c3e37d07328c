package org.almoner.architecture.planted.arrays.agent;

record Octets(byte[] octets) {}
