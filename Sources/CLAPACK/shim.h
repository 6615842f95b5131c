// OpenBLAS carries BLAS, CBLAS and the Fortran LAPACK symbols in one library. Debian's libopenblas-dev
// ships cblas.h but no lapacke.h, so the Fortran routines that LinearAlgebra calls are declared here as
// LAPACK 3.9 documents them: every argument by reference, 32-bit integers, and a hidden length (size_t)
// behind the last argument for each character argument.
#ifndef PULSO_CLAPACK_SHIM_H
#define PULSO_CLAPACK_SHIM_H

#include <stddef.h>
#include <cblas.h>

void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);

#endif
