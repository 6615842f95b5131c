// OpenBLAS carries BLAS, CBLAS and the Fortran LAPACK symbols in one library. Debian's libopenblas-dev
// ships cblas.h but no lapacke.h, so the Fortran routines that LinearAlgebra calls are declared here as
// LAPACK 3.9 documents them: every argument by reference, 32-bit integers, and a hidden length (size_t)
// behind the last argument for each character argument.
#ifndef PULSO_CLAPACK_SHIM_H
#define PULSO_CLAPACK_SHIM_H

#include <stddef.h>
#include <cblas.h>

// Cholesky factor of a symmetric positive definite matrix, its condition, its use and its inverse.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t);
void dpocon_(const char *uplo, const int *n, const double *a, const int *lda, const double *anorm,
             double *rcond, double *work, int *iwork, int *info, size_t);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info, size_t);
void dtrtri_(const char *uplo, const char *diag, const int *n, double *a, const int *lda, int *info, size_t,
             size_t);

// Eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info, size_t, size_t);

// Ends the threads that OpenBLAS starts when it is loaded. Its headers do not declare it, and an OpenBLAS
// without threads does not have it.
extern int blas_thread_shutdown_(void) __attribute__((weak));
static inline void pulso_end_blas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

#endif
