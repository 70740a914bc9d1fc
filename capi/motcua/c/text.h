/* Vietnamese text: normal form, folding, and the reason why two spellings match. */
#ifndef MOTCUA_C_TEXT_H_
#define MOTCUA_C_TEXT_H_

#include "motcua/c/base.h"

MOTCUA_EXTERN_C_BEGIN

/* How far two spellings had to be simplified to be the same; in the order of
 * decreasing certainty. @since ABI 1 */
typedef int32_t motcua_stage;
#define MOTCUA_STAGE_EXACT 0
#define MOTCUA_STAGE_CASE 1
#define MOTCUA_STAGE_APOSTROPHE 2
#define MOTCUA_STAGE_TONE_PLACEMENT 3
#define MOTCUA_STAGE_SPACING 4
#define MOTCUA_STAGE_I_Y 5
#define MOTCUA_STAGE_ABBREVIATION 6
#define MOTCUA_STAGE_TYPE 7
#define MOTCUA_STAGE_LISTED_VARIANT 8
#define MOTCUA_STAGE_NO_DIACRITICS 9
#define MOTCUA_STAGE_EDIT_DISTANCE_1 10
#define MOTCUA_STAGE_EDIT_DISTANCE_2 11
#define MOTCUA_STAGE_COUNT 12
#define MOTCUA_STAGE_NONE (-1)

/* "exact", "apostrophe", ...; "unknown" for any other number. Static. */
MOTCUA_EXPORT motcua_text motcua_stage_name(motcua_stage stage);

/* The canonical composed form (NFC). Errors: INVALID_ARGUMENT for text that is not
 * UTF-8 or longer than 4,096 bytes. */
MOTCUA_EXPORT motcua_status motcua_text_normalize(motcua_text text, motcua_buffer** out,
                                                  motcua_error** error);
/* `text` with every difference up to `stage` folded away; for comparing, not for
 * reading. Errors: INVALID_ARGUMENT as above, or for an unknown stage. */
MOTCUA_EXPORT motcua_status motcua_text_fold(motcua_text text, motcua_stage stage,
                                             motcua_buffer** out, motcua_error** error);
/* The fully folded key: lower-case letters and digits only. Errors as above. */
MOTCUA_EXPORT motcua_status motcua_search_key(motcua_text text, motcua_buffer** out,
                                              motcua_error** error);
/* The first stage at which a and b are the same, MOTCUA_STAGE_NONE beyond two edits.
 * Errors as above. */
MOTCUA_EXPORT motcua_status motcua_stage_between(motcua_text a, motcua_text b, motcua_stage* out,
                                                 motcua_error** error);

MOTCUA_EXTERN_C_END

#endif /* MOTCUA_C_TEXT_H_ */
