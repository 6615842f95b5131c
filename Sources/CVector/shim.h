// An instruction of x86-64 for which Swift has no spelling.
#ifndef PULSO_CVECTOR_SHIM_H
#define PULSO_CVECTOR_SHIM_H

#ifdef __x86_64__
typedef unsigned char pulso_lanes __attribute__((ext_vector_type(16)));
typedef char pulso_signed_lanes __attribute__((ext_vector_type(16)));

// The top bit of each of 16 bytes, the first in the lowest place (PMOVMSKB).
static inline int pulso_top_bits(pulso_lanes lanes) {
  return __builtin_ia32_pmovmskb128((pulso_signed_lanes)lanes);
}
#endif

#endif
