/* A function of pdfium's and what it is to be asked of, thousands of characters or shapes, in; buffers of numbers out.

   What `bulk_ctypes` does call by call, 200 ns each, these loops do in a few nanoseconds beyond pdfium's own time. They
   know nothing of Python: `bulk_compiled` hands them addresses. All functions asked here answer an int, a double or a
   pointer and take a handle, as a rule an index, and the places that they write to. Where one writes nothing, its slots
   keep the zeros that the buffer came with. */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef int (*At1)(void *, int, void *);
typedef int (*At2)(void *, int, void *, void *);
typedef int (*At4)(void *, int, void *, void *, void *, void *);
typedef int (*Of2)(void *, void *, void *);
typedef int (*Of4)(void *, void *, void *, void *, void *);

/* Changes with the functions below: one that was compiled from another state of this file is left alone. */
EXPORT int32_t bulk_edition(void) { return 2; }

/* function(handle, index, slot of each column) for each index; `size` bytes a slot, `count` slots a column. */
EXPORT void bulk_columns_at(void (*function)(void), void *handle, const int32_t *indices, ptrdiff_t count,
                            int32_t width, char *out, ptrdiff_t size) {
  const ptrdiff_t column = count * size;
  for (ptrdiff_t i = 0; i < count; i++, out += size) {
    if (width == 1)
      ((At1)function)(handle, indices[i], out);
    else if (width == 2)
      ((At2)function)(handle, indices[i], out, out + column);
    else if (width == 4)
      ((At4)function)(handle, indices[i], out, out + column, out + 2 * column, out + 3 * column);
  }
}

/* function(handle, index, slot of x, slot of y) for each index of some stretches (their `bounds`: start, end, start, …);
   the indices too, and among `steps`, behind their number, the places where inside a stretch x goes back by more than
   `back` or y changes by more than `rise`. */
EXPORT void bulk_points_in(void (*function)(void), void *handle, const int32_t *bounds, ptrdiff_t stretches, double back,
                           double rise, int32_t *indices, double *xs, double *ys, int32_t *steps) {
  int32_t at = 0, found = 0;
  for (ptrdiff_t stretch = 0; stretch < stretches; stretch++) {
    const int32_t start = bounds[2 * stretch], end = bounds[2 * stretch + 1];
    for (int32_t index = start; index < end; index++, at++) {
      indices[at] = index;
      ((At2)function)(handle, index, xs + at, ys + at);
      if (index == start) continue;
      const double risen = ys[at] - ys[at - 1];
      if (xs[at] < xs[at - 1] - back || risen > rise || -risen > rise) steps[++found] = at;
    }
  }
  steps[0] = found;
}

/* function(handle, slot of each column) for each handle. */
EXPORT void bulk_columns_of(void (*function)(void), void *const *handles, ptrdiff_t count, int32_t width, char *out,
                            ptrdiff_t size) {
  const ptrdiff_t column = count * size;
  for (ptrdiff_t i = 0; i < count; i++, out += size) {
    if (width == 2)
      ((Of2)function)(handles[i], out, out + column);
    else if (width == 4)
      ((Of4)function)(handles[i], out, out + column, out + 2 * column, out + 3 * column);
  }
}

/* What function(handle, index) answers: ints, doubles or handles. */
EXPORT void bulk_ints_at(void (*function)(void), void *handle, const int32_t *indices, ptrdiff_t count, int32_t *out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = ((int (*)(void *, int))function)(handle, indices[i]);
}

EXPORT void bulk_doubles_at(void (*function)(void), void *handle, const int32_t *indices, ptrdiff_t count,
                            double *out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = ((double (*)(void *, int))function)(handle, indices[i]);
}

EXPORT void bulk_handles_at(void (*function)(void), void *handle, const int32_t *indices, ptrdiff_t count, void **out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = ((void *(*)(void *, int))function)(handle, indices[i]);
}

/* What function(handle) answers. */
EXPORT void bulk_ints_of(void (*function)(void), void *const *handles, ptrdiff_t count, int32_t *out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = ((int (*)(void *))function)(handles[i]);
}

EXPORT void bulk_handles_of(void (*function)(void), void *const *handles, ptrdiff_t count, void **out) {
  for (ptrdiff_t i = 0; i < count; i++) out[i] = ((void *(*)(void *))function)(handles[i]);
}
