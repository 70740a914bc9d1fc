#include <motcua.h>
#include <stdio.h>

int main(void) {
  if (motcua_abi_version() != MOTCUA_ABI_VERSION) return 1;
  printf("motcua %s\n", motcua_version());
  return 0;
}
