package org.almoner.architecture.planted.libraries.protocol.json;

public final class Json {
  Object library = com.fasterxml.jackson.databind.ObjectMapper.class;
}
