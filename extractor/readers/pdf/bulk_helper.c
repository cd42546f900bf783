/* What is asked of pdfium for thousands of characters or shapes; a page's numbers out.

   What `bulk_ctypes` does call by call, 200 ns each, these loops do in a few nanoseconds beyond pdfium's own time. They
   know nothing of Python or of filings: `bulk_compiled` hands them addresses, pdfium's functions among them, and memory
   for as many answers as there can be. All places are points from the displayed page's top left corner. */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* Changes with the functions below: one that was compiled from another state of this file is left alone. */
EXPORT int32_t bulk_edition(void) { return 3; }

/* function(page, index, `width` floats) for each index. Where nothing is written, the zeros stay that were there. */
EXPORT void bulk_floats_at(int (*function)(void *, int, float *), void *page, const int32_t *indices, ptrdiff_t count,
                           ptrdiff_t width, float *out) {
  for (ptrdiff_t i = 0; i < count; i++) function(page, indices[i], out + i * width);
}

/* --- The letters of a page ------------------------------------------------------------------------------------- */

/* How a page's space lies on the displayed page: the page's sides, and its quarter turns clockwise (`frame.Frame`). */
typedef struct {
  double left, top, right, bottom, rotation;
} Frame;

static double across(const Frame *frame, double x, double y) {
  switch ((int)frame->rotation) {
    case 1: return y - frame->bottom;
    case 2: return frame->right - x;
    case 3: return frame->top - y;
    default: return x - frame->left;
  }
}

static double down(const Frame *frame, double x, double y) {
  switch ((int)frame->rotation) {
    case 1: return x - frame->left;
    case 2: return y - frame->bottom;
    case 3: return frame->right - x;
    default: return frame->top - y;
  }
}

/* What Python takes for white space. */
static int is_space(uint32_t c) {
  if (c < 0x80) return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

static int is_currency(uint32_t c) { return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5; }

/* The characters of a page; a space for what is none. */
EXPORT void bulk_characters(unsigned (*function)(void *, int), void *page, ptrdiff_t count, uint32_t *out) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const uint32_t code = function(page, (int)i);
    out[i] = code == 0 || code >= 0x110000 || (code >= 0xD800 && code < 0xE000) ? ' ' : code;
  }
}

/* The end of the stretch of characters that begins at `start`; a currency sign before a number is one of its own. */
static int32_t stretch_end(const uint32_t *text, int32_t count, int32_t start) {
  int32_t end = start + 1;
  if (is_currency(text[start]) && (start == 0 || is_space(text[start - 1])) && end < count && !is_space(text[end]))
    return end;
  while (end < count && !is_space(text[end])) end++;
  return end;
}

/* The characters of a page but for white space, with their origins, and where runs of them start and end: at white
   space, and where x goes back by more than `back` or y changes by more than `rise`. `found`: how many runs and
   characters that are. */
EXPORT void bulk_letters(int (*origin_of)(void *, int, double *, double *), void *page, const uint32_t *text,
                         ptrdiff_t count, const Frame *frame, double back, double rise, int32_t *starts,
                         int32_t *ends, int32_t *indices, double *xs, double *ys, int32_t *found) {
  int32_t runs = 0, at = 0;
  for (int32_t start = 0, end; start < count; start = end) {
    end = start + 1;
    if (is_space(text[start])) continue;
    end = stretch_end(text, (int32_t)count, start);
    starts[runs] = start;
    for (int32_t index = start; index < end; index++, at++) {
      double x = 0, y = 0;
      origin_of(page, index, &x, &y);
      indices[at] = index;
      xs[at] = across(frame, x, y);
      ys[at] = down(frame, x, y);
      if (index == start) continue;
      const double risen = ys[at] - ys[at - 1];
      if (xs[at] < xs[at - 1] - back || risen > rise || -risen > rise) {
        ends[runs++] = index;
        starts[runs] = index;
      }
    }
    ends[runs++] = end;
  }
  found[0] = runs;
  found[1] = at;
}

/* The runs that end with two characters of ASCII, a capital and a capital or digit, which are of another marked content
   than the run's first: their numbers in `found`, behind how many they are. */
EXPORT void bulk_touching(void *(*object_of)(void *, int), int (*content_of)(void *), void *page,
                          const uint32_t *text, ptrdiff_t runs, const int32_t *starts, const int32_t *ends,
                          int32_t *found) {
  int32_t touching = 0;
  for (ptrdiff_t run = 0; run < runs; run++) {
    const int32_t code = ends[run] - 2;
    if (code <= starts[run] || text[code] < 'A' || text[code] > 'Z') continue;
    const uint32_t last = text[code + 1];
    if (!((last >= 'A' && last <= 'Z') || (last >= '0' && last <= '9'))) continue;
    void *first = object_of(page, starts[run]), *other = object_of(page, code);
    if (first == other) continue;
    const int content = content_of(first), next = content_of(other);
    if (content != -1 && next != -1 && content != next) found[++touching] = (int32_t)run;
  }
  found[0] = touching;
}

/* What `bulk_looks` asks. */
typedef struct {
  void *(*object)(void *, int);
  double (*size)(void *, int);
  int (*matrix)(void *, int, float *);
  void *(*font)(void *);
  int (*colour)(void *, int, unsigned *, unsigned *, unsigned *, unsigned *);
  int (*box)(void *, int, double *, double *, double *, double *);
  int (*generated)(void *, int);
} Questions;

/* How a text object draws its characters: the size, the third and fourth number of the matrix, font and colour, and the
   first character of it that was asked. */
typedef struct {
  double size, sheared, scaled;
  uint64_t font;
  uint32_t red, green, blue;
  int32_t first;
} Look;

/* A page has a few looks, and turns from one to another and back: so many of the last ones are looked through. */
enum { LOOKS_BACK = 8 };

static int is_same(const Look *one, const Look *other) {
  return one->size == other->size && one->sheared == other->sheared && one->scaled == other->scaled &&
         one->font == other->font && one->red == other->red && one->green == other->green && one->blue == other->blue;
}

/* The number of the look that stands behind the `count` known ones: that of an equal one of the last, or its own. */
static int32_t number_of(const Look *looks, int32_t count) {
  for (int32_t back = 1; back <= LOOKS_BACK && back <= count; back++)
    if (is_same(looks + count, looks + count - back)) return count - back;
  return count;
}

/* What stands between a run and the one before. */
enum { ADJACENT = 1, GENERATED = 2, NEW_LINE = 4, SPACE_FIRST = 8 };

static int32_t gap_between(const Questions *ask, void *page, const uint32_t *text, int32_t end, int32_t start) {
  if (start == end) return ADJACENT;
  int32_t gap = ask->generated(page, start - 1) == 1 ? GENERATED : 0;
  for (int32_t index = end; index < start; index++) {
    if (text[index] != '\n') continue;
    return gap | NEW_LINE | (text[end] != '\r' && text[end] != '\n' ? SPACE_FIRST : 0);
  }
  return gap;
}

/* For each run, whose characters' places across the page are `xs`: the right end of its ink, the number of its look, and
   what stands before it. `found`: how many looks there are; equal ones may be among them. */
EXPORT void bulk_looks(const Questions *ask, void *page, const uint32_t *text, const Frame *frame, ptrdiff_t runs,
                       const int32_t *starts, const int32_t *ends, const double *xs, double *rights, int32_t *numbers,
                       int32_t *gaps, Look *looks, int32_t *found) {
  int32_t count = 0, number = 0;
  ptrdiff_t at = 0;
  void *known = NULL;
  for (ptrdiff_t run = 0; run < runs; run++) {
    const int32_t start = starts[run], end = ends[run];
    double left = 0, right = 0, low = 0, high = 0;
    ask->box(page, end - 1, &left, &right, &low, &high);
    rights[run] = across(frame, right, high);
    if (frame->rotation != 0) {
      const double other = across(frame, left, low);
      if (other > rights[run]) rights[run] = other;
    }
    at += end - start;
    if (!(rights[run] > xs[at - 1])) rights[run] = xs[at - 1];
    gaps[run] = run ? gap_between(ask, page, text, ends[run - 1], start) : ADJACENT;
    void *object = ask->object(page, start);
    if (!count || object != known) {
      float matrix[6] = {0, 0, 0, 0, 0, 0};
      unsigned red = 0, green = 0, blue = 0, alpha = 0;
      ask->matrix(page, start, matrix);
      ask->colour(page, start, &red, &green, &blue, &alpha);
      looks[count] = (Look){ask->size(page, start), matrix[2], matrix[3], (uint64_t)(uintptr_t)ask->font(object),
                            red, green, blue, start};
      number = number_of(looks, count);
      if (number == count) count++;
      known = object;
    }
    numbers[run] = number;
  }
  *found = count;
}

/* --- What a page draws -------------------------------------------------------------------------------------------- */

/* Kinds of page objects, as pdfium numbers them. */
enum { PATH = 2, IMAGE = 3, FORM = 5 };

typedef struct {
  void *(*object)(void *, int);
  int (*kind)(void *);
  int (*bounds)(void *, float *, float *, float *, float *);
  int (*mode)(void *, int *, int *);
  int (*stroke)(void *, unsigned *, unsigned *, unsigned *, unsigned *);
  int (*fill)(void *, unsigned *, unsigned *, unsigned *, unsigned *);
  int (*segments)(void *);
} Drawing;

/* What is drawn: a path is thin up to `thin` points, and shows if a channel of its colour is less than `white`; one that
   is only filled is an area up to `plain` segments, and of more than `most` it is not looked at one by one. */
typedef struct {
  double thin;
  int32_t white, plain, most;
} Limits;

typedef struct {
  double x0, top, x1, bottom;
} Box;

/* What is no thin path; a form has an empty box. */
typedef struct {
  uint64_t handle;
  Box box;
  int64_t kind;
} Other;

static double least(double a, double b) { return b < a ? b : a; }
static double most(double a, double b) { return b > a ? b : a; }

static Box box_of(const Drawing *ask, void *object, const double *matrix, const Frame *frame) {
  float left = 0, low = 0, right = 0, high = 0;
  ask->bounds(object, &left, &low, &right, &high);
  double x0 = left, y0 = low, x1 = right, y1 = high;
  if (matrix != NULL) {
    const double *m = matrix;
    x0 = m[0] * left + m[2] * low + m[4], y0 = m[1] * left + m[3] * low + m[5];
    x1 = m[0] * right + m[2] * high + m[4], y1 = m[1] * right + m[3] * high + m[5];
  }
  const double ax = across(frame, x0, y0), ay = down(frame, x0, y0);
  const double bx = across(frame, x1, y1), by = down(frame, x1, y1);
  return (Box){least(ax, bx), least(ay, by), most(ax, bx), most(ay, by)};
}

/* How a path is drawn: not at all, or so that nothing shows on white paper, filled, or stroked. */
enum { UNSEEN, FILLED, STROKED };

static int manner_of(const Drawing *ask, void *path, unsigned white) {
  int filled = 0, stroked = 0;
  unsigned red = 0, green = 0, blue = 0, alpha = 0;
  ask->mode(path, &filled, &stroked);
  if (stroked)
    ask->stroke(path, &red, &green, &blue, &alpha);
  else if (filled)
    ask->fill(path, &red, &green, &blue, &alpha);
  if (alpha == 0 || (red >= white && green >= white && blue >= white)) return UNSEEN;
  return stroked ? STROKED : FILLED;
}

/* Whether a path that shows and is not thin may have thin parts: the sides of a rectangle, or bars drawn together. */
static int has_parts(const Drawing *ask, void *path, int manner, const Limits *limits) {
  const int segments = ask->segments(path);
  return segments <= limits->most && (manner == STROKED || segments > limits->plain);
}

/* What a page or a form draws but for its text: the handles and boxes of thin paths that show; as `others` pictures,
   paths that may have thin parts, and forms. `matrix` is none where a form's space is the page's. `found`: how many
   these and those are; `extent`: the highest and the lowest place of any path or picture, 0 at first. */
EXPORT void bulk_objects(const Drawing *ask, void *owner, ptrdiff_t count, const double *matrix, const Frame *frame,
                         const Limits *limits, uint64_t *handles, Box *boxes, Other *others, int32_t *found,
                         double *extent) {
  int32_t lines = 0, rest = 0;
  for (int32_t index = 0; index < count; index++) {
    void *object = ask->object(owner, index);
    if (object == NULL) continue;
    const int kind = ask->kind(object);
    if (kind == FORM) others[rest++] = (Other){(uint64_t)(uintptr_t)object, {0, 0, 0, 0}, kind};
    if (kind != PATH && kind != IMAGE) continue;
    const Box box = box_of(ask, object, matrix, frame);
    extent[0] = least(extent[0], box.top);
    extent[1] = most(extent[1], box.bottom);
    if (kind == IMAGE) {
      others[rest++] = (Other){(uint64_t)(uintptr_t)object, box, kind};
      continue;
    }
    const int manner = manner_of(ask, object, (unsigned)limits->white);
    if (manner == UNSEEN) continue;
    if (box.x1 - box.x0 <= limits->thin || box.bottom - box.top <= limits->thin) {
      handles[lines] = (uint64_t)(uintptr_t)object;
      boxes[lines++] = box;
    } else if (has_parts(ask, object, manner, limits)) {
      others[rest++] = (Other){(uint64_t)(uintptr_t)object, box, kind};
    }
  }
  found[0] = lines;
  found[1] = rest;
}
