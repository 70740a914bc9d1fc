/* Identifiers, agencies and carry through the C ABI. */
#include <motcua.h>
#include <string.h>

#include "check.h"

static motcua_text text(const char* value) {
  motcua_text made = {value, strlen(value)};
  return made;
}

static void identifiers(void) {
  motcua_agency_code agency = MOTCUA_AGENCY_CODE_INIT;
  CHECK(motcua_agency_code_parse(text("000.00.12.H36"), &agency, NULL) == MOTCUA_OK);
  CHECK(strcmp(agency.text, "H36.12") == 0 && strcmp(agency.parent, "H36") == 0);
  CHECK(motcua_agency_code_parse(text("36"), &agency, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(strcmp(agency.text, "H36.12") == 0);
  CHECK(motcua_agency_code_parse(text("H36"), NULL, NULL) == MOTCUA_INVALID_ARGUMENT);

  motcua_level level = 0;
  CHECK(motcua_unit_code_parse(text("24829"), &level, NULL) == MOTCUA_OK);
  CHECK(level == MOTCUA_LEVEL_COMMUNE);

  motcua_procedure_code procedure = MOTCUA_PROCEDURE_CODE_INIT;
  CHECK(motcua_procedure_code_parse(text("1.003441. H42"), &procedure, NULL) == MOTCUA_OK);
  CHECK(strcmp(procedure.text, "1.003441.H42") == 0 && procedure.clean == 0);

  motcua_dossier_number number = MOTCUA_DOSSIER_NUMBER_INIT;
  CHECK(motcua_dossier_number_make(text("H36.12"), 20270, 42, 6, 4, &number, NULL) == MOTCUA_OK);
  CHECK(strcmp(number.text, "H36.12-250701-0042") == 0 && number.date == 20270);

  motcua_citizen_number citizen = MOTCUA_CITIZEN_NUMBER_INIT;
  CHECK(motcua_citizen_number_parse(text("068304012345"), MOTCUA_SEX_FEMALE, 2004, 0, &citizen,
                                    NULL) == MOTCUA_OK);
  CHECK(strcmp(citizen.masked, "068*********") == 0);
  motcua_error* error = NULL;
  CHECK(motcua_citizen_number_parse(text("068304012345"), MOTCUA_SEX_MALE, 0, 0, &citizen,
                                    &error) == MOTCUA_INVALID_ARGUMENT);
  CHECK(strstr(motcua_error_message(error), "304") == NULL);
  motcua_error_free(error);

  motcua_tax_code tax = MOTCUA_TAX_CODE_INIT;
  CHECK(motcua_tax_code_parse(text("0100109106-001"), 0, &tax, NULL) == MOTCUA_OK);
  CHECK(strcmp(tax.base, "0100109106") == 0 && strcmp(tax.branch, "001") == 0);
  CHECK(motcua_tax_code_parse(text("0100109106"), 2, &tax, NULL) == MOTCUA_INVALID_ARGUMENT);
}

static void agencies(const motcua_registry* registry) {
  motcua_agency_directory *national = NULL, *more = NULL;
  CHECK(motcua_agency_directory_national(registry, &national, NULL) == MOTCUA_OK);
  const motcua_agency_row row = {text("H36.02"), text("Sở Tư pháp"), text("department"),
                                 text("68"),     text("test"),       20270,
                                 MOTCUA_NO_DAY};
  CHECK(motcua_agency_directory_with(national, &row, 1, &more, NULL) == MOTCUA_OK);
  motcua_agency_directory_free(national);
  motcua_agency_list* list = NULL;
  CHECK(motcua_agency_directory_find(more, text("000.00.02.H36"), 20300, &list, NULL) == MOTCUA_OK);
  motcua_agency agency = MOTCUA_AGENCY_INIT;
  CHECK(motcua_agency_list_get(list, 0, &agency, NULL) == MOTCUA_OK);
  CHECK(agency.code.size == 6 && motcua_unit_list_size(motcua_agency_list_unit(list, 0)) == 1);
  CHECK(motcua_agency_list_get(list, 1, &agency, NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_agency_list_unit(list, 1) == NULL);
  motcua_agency_list_free(list);
  CHECK(motcua_agency_directory_list(more, 20300, text("99"), text(""), &list, NULL) ==
        MOTCUA_NOT_FOUND);
  motcua_agency_directory_free(more);
}

static void carry(const motcua_registry* registry) {
  const motcua_text codes[] = {text("24826"), text("24838"), text("23758")};
  const int64_t values[] = {12, 9, 1};
  motcua_carried* carried = NULL;
  CHECK(motcua_registry_carry_int64(registry, codes, values, 2, 20269, 20270, NULL, &carried,
                                    NULL) == MOTCUA_OK);
  CHECK(motcua_unit_list_size(motcua_carried_units(carried)) == 1);
  CHECK(motcua_carried_int64(carried)[0] == 21 && motcua_carried_double(carried) == NULL);
  CHECK(motcua_carried_note_count(carried) == 0);
  CHECK(motcua_carried_note_row(carried, 0) == SIZE_MAX);
  motcua_carried_free(carried);
  motcua_carry_options options = MOTCUA_CARRY_OPTIONS_INIT;
  options.by = 7;
  CHECK(motcua_registry_carry_int64(registry, codes, values, 2, 20269, 20270, &options, &carried,
                                    NULL) == MOTCUA_INVALID_ARGUMENT);
  CHECK(motcua_registry_carry_double(registry, codes, NULL, 1, 20269, 20270, NULL, &carried,
                                     NULL) == MOTCUA_INVALID_ARGUMENT);
}

static void datasets(void) {
  motcua_dataset *builtin = NULL, *copy = NULL;
  CHECK(motcua_dataset_builtin(&builtin, NULL) == MOTCUA_OK);
  const motcua_text image = motcua_dataset_image(builtin);
  CHECK(motcua_dataset_parse(image, &copy, NULL) == MOTCUA_OK);
  CHECK(motcua_dataset_version(copy).size == motcua_dataset_version(builtin).size);
  const motcua_text cut = {image.data, image.size - 1};
  CHECK(motcua_dataset_parse(cut, &copy, NULL) == MOTCUA_DATA_LOSS);
  motcua_registry* registry = NULL;
  CHECK(motcua_registry_national(copy, &registry, NULL) == MOTCUA_OK);
  CHECK(motcua_registry_dataset_version(registry).size == motcua_dataset_version(copy).size);
  motcua_registry_free(registry);
  motcua_dataset_free(copy);
  motcua_dataset_free(builtin);
}

int main(void) {
  motcua_registry* registry = NULL;
  CHECK(motcua_registry_national(NULL, &registry, NULL) == MOTCUA_OK);
  identifiers();
  agencies(registry);
  carry(registry);
  datasets();
  motcua_registry_free(registry);
  return check_failures;
}
